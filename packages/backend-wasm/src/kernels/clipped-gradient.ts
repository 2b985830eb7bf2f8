import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import { addressOf } from '../module/heap';
import { kernelsOf } from '../module/kernel-module';
import type { WasmBackend } from '../wasm-backend';

/** Our own kernel: `dy` where `low ≤ x ≤ high`, else 0; NaN where x is. The gradient of clipping in one pass. */
export const CLIPPED_GRADIENT = 'FactornetClippedGradient';

export const clippedGradientConfig: KernelConfig = {
  kernelName: CLIPPED_GRADIENT,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
    const backend = anyBackend as WasmBackend;
    const { dy, x } = inputs as { dy: TensorInfo; x: TensorInfo };
    const { low, high } = attrs as { low: number; high: number };
    const output = backend.makeOutput(x.shape, 'float32');
    const size = x.shape.reduce((product, dimension) => product * dimension, 1);
    kernelsOf(backend).clippedGradient(
      addressOf(backend, dy),
      addressOf(backend, x),
      size,
      low,
      high,
      addressOf(backend, output),
    );
    return output;
  },
};
