import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import type { ReductionBlock } from '../reduction-block';
import { floatsOf, type WasmBackend } from '../wasm-backend';

/** Our own kernel: undoes a {@link ReductionBlock}, `[outer, inner] → [outer, reduced, inner]`, times a factor. */
export const BROADCAST_BLOCK = 'FactornetBroadcastBlock';

export interface BroadcastBlockAttributes {
  block: ReductionBlock;
  shape: number[];
  factor: number;
}

/**
 * The stock gradients of `Sum` and `Mean` multiply by `tf.ones`, which is made outside the heap and
 * copied into it; doubling copies inside the heap run at the speed of memory.
 */
export const broadcastBlockConfig: KernelConfig = {
  kernelName: BROADCAST_BLOCK,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
    const backend = anyBackend as WasmBackend;
    const { x } = inputs as { x: TensorInfo };
    const { block, shape, factor } = attrs as unknown as BroadcastBlockAttributes;
    const { outer, reduced, inner } = block;
    const output = backend.makeOutput(shape, 'float32');
    const source = floatsOf(backend, x);
    const target = floatsOf(backend, output);
    if (target.length === 0) return output;
    for (let index = 0; index < outer; index++) {
      const start = index * reduced * inner;
      const end = start + reduced * inner;
      if (inner === 1) {
        target.fill((source[index] as number) * factor, start, end);
        continue;
      }
      for (let offset = 0; offset < inner; offset++) {
        target[start + offset] = (source[index * inner + offset] as number) * factor;
      }
      for (let filled = inner; filled < end - start; filled *= 2) {
        target.copyWithin(start + filled, start, start + Math.min(filled, end - start - filled));
      }
    }
    return output;
  },
};
