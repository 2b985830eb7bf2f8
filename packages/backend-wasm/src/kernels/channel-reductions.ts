import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import { addressOf } from '../module/heap';
import { kernelsOf } from '../module/kernel-module';
import { reductionBlock } from '../reduction-block';
import type { KernelReplacement } from '../replacement';
import { makeZeros, type WasmBackend } from '../wasm-backend';

/**
 * Sums over neighbouring axes that are not the last, times a factor. The stock kernels transpose the reduced
 * axes to the end first: 10 times slower for the per-channel sums that batch normalization and biases need.
 */
function overRows(stock: KernelConfig, factorOf: (count: number) => number): KernelConfig['kernelFunc'] {
  return (parameters) => {
    const { x } = parameters.inputs as { x: TensorInfo };
    const { axis, keepDims } = parameters.attrs as unknown as { axis: number | number[]; keepDims: boolean };
    const block = x.dtype === 'float32' ? reductionBlock(x.shape, axis) : undefined;
    if (block === undefined) return stock.kernelFunc(parameters);
    const { outer, reduced, inner } = block;
    const factor = factorOf(reduced);
    // A mean over nothing is NaN, by the stock kernel; a sum over nothing it leaves uninitialised.
    const isEmptySum = reduced === 0 && Number.isFinite(factor);
    if (!isEmptySum && (inner === 1 || reduced === 0)) return stock.kernelFunc(parameters);

    const backend = parameters.backend as WasmBackend;
    const output = makeZeros(backend, keepDims ? block.keptShape : block.shape);
    const kernels = kernelsOf(backend);
    for (let index = 0; index < outer; index++) {
      kernels.sumRows(
        addressOf(backend, x) + index * reduced * inner * 4,
        reduced,
        inner,
        factor,
        addressOf(backend, output) + index * inner * 4,
      );
    }
    return output;
  };
}

export const sumReplacement: KernelReplacement = {
  kernelName: 'Sum',
  create: (stock) => overRows(stock, () => 1),
};

export const meanReplacement: KernelReplacement = {
  kernelName: 'Mean',
  create: (stock) => overRows(stock, (count) => 1 / count),
};
