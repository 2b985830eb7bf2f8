import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import { transposeMatrices } from '../matrix-transpose';
import type { KernelReplacement } from '../replacement';
import { type KernelAttributes, runKernel } from '../run-kernel';
import type { WasmBackend } from '../wasm-backend';

/**
 * A matrix product with transposed operands: transpose first, then the plain product.
 *
 * The stock kernel has one fast path, XNNPACK's fully connected operator, for a single pair of
 * untransposed float32 matrices; everything else runs a scalar loop about twenty times slower.
 */
function withExplicitTranspose(stock: KernelConfig): KernelConfig['kernelFunc'] {
  return ({ inputs, backend: anyBackend, attrs }) => {
    const backend = anyBackend as WasmBackend;
    const { a, b, ...others } = inputs as NamedTensorInfoMap & { a: TensorInfo; b: TensorInfo };
    const attributes = attrs as unknown as KernelAttributes & { transposeA: boolean; transposeB: boolean };
    const { transposeA, transposeB } = attributes;
    if (!(transposeA || transposeB) || !isSingleProduct(a) || !isSingleProduct(b)) {
      return stock.kernelFunc({ inputs, backend: anyBackend, ...(attrs && { attrs }) });
    }
    const plainA = transposeA ? transposeMatrices(backend, a) : a;
    const plainB = transposeB ? transposeMatrices(backend, b) : b;
    const product = runKernel(
      backend,
      stock,
      { ...others, a: plainA, b: plainB },
      { ...attributes, transposeA: false, transposeB: false },
    );
    if (transposeA) backend.disposeData(plainA.dataId);
    if (transposeB) backend.disposeData(plainB.dataId);
    return product;
  };
}

function isSingleProduct(tensor: TensorInfo): boolean {
  const { shape, dtype } = tensor;
  return (
    dtype === 'float32' &&
    shape.length >= 2 &&
    shape.slice(0, -2).every((size) => size === 1) &&
    shape.every((size) => size > 0)
  );
}

export const batchMatMulReplacement: KernelReplacement = {
  kernelName: 'BatchMatMul',
  create: withExplicitTranspose,
};

export const fusedMatMulReplacement: KernelReplacement = {
  kernelName: '_FusedMatMul',
  create: withExplicitTranspose,
};
