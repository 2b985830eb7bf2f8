import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import { addressOf } from '../module/heap';
import { kernelsOf } from '../module/kernel-module';
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
    const size = rest.reduce((product, dimension) => product * dimension, 1);
    const count = segmentIds.shape.reduce((product, dimension) => product * dimension, 1);
    const output = backend.makeOutput([numSegments, ...rest], x.dtype);
    backend.typedArrayFromHeap(output).fill(0);
    if (x.dtype === 'int32') addIntegers(backend, { x, segmentIds, output }, size, numSegments);
    else {
      const [values, ids, totals] = [x, segmentIds, output].map((tensor) => addressOf(backend, tensor));
      kernelsOf(backend).addSegments(
        values as number,
        ids as number,
        count,
        size,
        numSegments,
        totals as number,
      );
    }
    return output;
  },
};

function addIntegers(
  backend: WasmBackend,
  { x, segmentIds, output }: { x: TensorInfo; segmentIds: TensorInfo; output: TensorInfo },
  size: number,
  numSegments: number,
): void {
  const source = integersOf(backend, x);
  const target = integersOf(backend, output);
  for (const [index, segment] of integersOf(backend, segmentIds).entries()) {
    if (segment < 0 || segment >= numSegments) continue;
    for (let offset = 0; offset < size; offset++) {
      const write = segment * size + offset;
      target[write] = (target[write] as number) + (source[index * size + offset] as number);
    }
  }
}
