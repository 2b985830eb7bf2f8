import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import { runKernel } from '../run-kernel';
import { floatsOf, type WasmBackend } from '../wasm-backend';

type Inputs = {
  x: TensorInfo;
  mean: TensorInfo;
  variance: TensorInfo;
  scale?: TensorInfo;
  offset?: TensorInfo;
};

/**
 * `y = (x − mean) · scale/√(variance + ε) + offset`, per channel, by three vectorised passes. The
 * stock kernel makes one pass in scalar code, which takes five times as long.
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
      const slope = backend.makeOutput([channels], 'float32');
      const target = floatsOf(backend, slope);
      const spread = floatsOf(backend, variance);
      const factors = scale && floatsOf(backend, scale);
      for (let channel = 0; channel < channels; channel++) {
        target[channel] =
          (factors?.[channel] ?? 1) / Math.sqrt((spread[channel] as number) + varianceEpsilon);
      }
      const centred = runKernel(backend, 'Sub', { a: x, b: mean });
      const scaled = runKernel(backend, 'Multiply', { a: centred, b: slope });
      backend.disposeData(centred.dataId);
      backend.disposeData(slope.dataId);
      if (!offset) return scaled;
      const shifted = runKernel(backend, 'Add', { a: scaled, b: offset });
      backend.disposeData(scaled.dataId);
      return shifted;
    },
};
