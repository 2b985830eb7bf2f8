import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import { integersOf, type WasmBackend } from '../wasm-backend';

/**
 * `y[s] = Σ x[i] over i with segmentIds[i] = s`: the gradient of gather and of embeddings.
 * `x` is `[count, …rest]`, `y` is `[numSegments, …rest]`; ids outside `[0, numSegments)` are dropped, as
 * on the CPU backend.
 */
export const unsortedSegmentSumConfig: KernelConfig = {
  kernelName: 'UnsortedSegmentSum',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
    const { x, segmentIds } = inputs as { x: TensorInfo; segmentIds: TensorInfo };
    const { numSegments } = attrs as { numSegments: number };
    const backend = anyBackend as WasmBackend;
    if ((x.dtype !== 'float32' && x.dtype !== 'int32') || segmentIds.dtype !== 'int32') {
      throw new Error(
        `UnsortedSegmentSum on the wasm backend: expected float32 or int32 values and int32 segment ids, ` +
          `got ${x.dtype} and ${segmentIds.dtype}. Cast them with tf.cast first.`,
      );
    }
    const rest = x.shape.slice(segmentIds.shape.length);
    const output = backend.makeOutput([numSegments, ...rest], x.dtype);
    const target = backend.typedArrayFromHeap(output);
    const source = backend.typedArrayFromHeap(x);
    const ids = integersOf(backend, segmentIds);
    const size = rest.reduce((product, dimension) => product * dimension, 1);
    target.fill(0);
    for (let index = 0; index < ids.length; index++) {
      const segment = ids[index] as number;
      if (segment < 0 || segment >= numSegments) continue;
      const read = index * size;
      const write = segment * size;
      for (let offset = 0; offset < size; offset++) {
        target[write + offset] = (target[write + offset] as number) + (source[read + offset] as number);
      }
    }
    return output;
  },
};
