import { type KernelConfig, prelu, type Tensor, type TensorInfo, tidy, util } from '@tensorflow/tfjs';
import { addressOf } from '../module/heap';
import { kernelsOf } from '../module/kernel-module';
import type { KernelReplacement } from '../replacement';
import { runKernel } from '../run-kernel';
import { tensorOf } from '../tensor-of';
import type { WasmBackend } from '../wasm-backend';
import { activationRange } from './activation-range';

interface Range {
  low: number;
  high: number;
}

/** Limits a tensor to a range; NaN stays NaN. XNNPACK's limits make a number of it, in every one of its operators. */
function clip(backend: WasmBackend, from: TensorInfo, { low, high }: Range, to: TensorInfo): TensorInfo {
  const size = util.sizeFromShape(from.shape);
  kernelsOf(backend).clip(addressOf(backend, from), size, low, high, addressOf(backend, to));
  return to;
}

function clipping(kernelName: string, rangeOf: (attributes: unknown) => Range): KernelReplacement {
  return {
    kernelName,
    create: (stock) => (call) => {
      const { x } = call.inputs as { x: TensorInfo };
      if (x.dtype !== 'float32') return stock.kernelFunc(call);
      const backend = call.backend as WasmBackend;
      return clip(backend, x, rangeOf(call.attrs), backend.makeOutput(x.shape, x.dtype));
    },
  };
}

/** The stock kernel without its activation, where that is a range or takes a tensor of its own; then the activation. */
function activating(kernelName: string): KernelReplacement {
  return {
    kernelName,
    create:
      (stock: KernelConfig): KernelConfig['kernelFunc'] =>
      (call) => {
        const { activation } = call.attrs as { activation?: string };
        const { preluActivationWeights: alpha, ...inputs } = call.inputs;
        const range = activationRange(activation);
        const isPrelu = activation === 'prelu' && alpha != null;
        if (activation === 'linear' || (range === undefined && !isPrelu)) return stock.kernelFunc(call);
        const backend = call.backend as WasmBackend;
        const product = runKernel(backend, stock, inputs, { ...call.attrs, activation: 'linear' });
        if (range !== undefined) return clip(backend, product, range, product);
        return tidy(() => prelu(tensorOf(product), alpha as Tensor));
      },
  };
}

/** In front of the stock fused kernels, and behind whatever else replaces them. */
export const activatingReplacements: KernelReplacement[] = [
  'FusedConv2D',
  'FusedDepthwiseConv2D',
  '_FusedMatMul',
].map(activating);

export const clippingReplacements: KernelReplacement[] = [
  clipping('Relu6', () => ({ low: 0, high: 6 })),
  clipping('ClipByValue', (attributes) => {
    const { clipValueMin, clipValueMax } = attributes as { clipValueMin: number; clipValueMax: number };
    return { low: clipValueMin, high: clipValueMax };
  }),
];
