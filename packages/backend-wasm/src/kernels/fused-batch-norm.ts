import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import { addressOf, withScratch } from '../module/heap';
import { kernelsOf } from '../module/kernel-module';
import type { KernelReplacement } from '../replacement';
import { floatsOf, type WasmBackend } from '../wasm-backend';

type Inputs = {
  x: TensorInfo;
  mean: TensorInfo;
  variance: TensorInfo;
  scale?: TensorInfo;
  offset?: TensorInfo;
};

/**
 * `y = (x − mean) · scale/√(variance + ε) + offset`, per channel. The stock kernel takes a square root per
 * value, in scalar code.
 */
export const fusedBatchNormReplacement: KernelReplacement = {
  kernelName: 'FusedBatchNorm',
  create:
    (stock: KernelConfig): KernelConfig['kernelFunc'] =>
    (parameters) => {
      const { x, mean, variance, scale, offset } = parameters.inputs as unknown as Inputs;
      const channels = x.shape[x.shape.length - 1] as number;
      const vectors = [mean, variance, scale ?? mean, offset ?? mean];
      const isPerChannel = vectors.every(({ shape }) => shape.length === 1 && shape[0] === channels);
      if (!isPerChannel || x.shape.includes(0) || x.dtype !== 'float32') return stock.kernelFunc(parameters);

      const backend = parameters.backend as WasmBackend;
      const { varianceEpsilon } = parameters.attrs as { varianceEpsilon: number };
      const output = backend.makeOutput(x.shape, 'float32');
      const rows = x.shape.slice(0, -1).reduce((product, size) => product * size, 1);
      withScratch(backend, 2 * channels * 4, (scratch) => {
        const slopes = new Float32Array(backend.wasm.HEAPU8.buffer, scratch, 2 * channels);
        const spread = floatsOf(backend, variance);
        const factors = scale && floatsOf(backend, scale);
        for (let channel = 0; channel < channels; channel++) {
          slopes[channel] =
            (factors?.[channel] ?? 1) / Math.sqrt((spread[channel] as number) + varianceEpsilon);
        }
        slopes.fill(0, channels);
        kernelsOf(backend).scaleRows(
          addressOf(backend, x),
          rows,
          channels,
          addressOf(backend, mean),
          scratch,
          offset ? addressOf(backend, offset) : scratch + channels * 4,
          addressOf(backend, output),
        );
      });
      return output;
    },
};
