import type { TensorInfo } from '@tensorflow/tfjs';
import type { ReductionBlock } from './reduction-block';
import { runKernel } from './run-kernel';
import { floatsOf, reshaped, type WasmBackend } from './wasm-backend';

/** Longest run averaged in one go; longer ones are averaged in stages, which also keeps float32 exact. */
const LONGEST_WINDOW = 1024;

/**
 * Means over the middle of `[outer, reduced, inner]`, by XNNPACK's average pooling.
 *
 * The stock `Sum` and `Mean` transpose the reduced axes to the end first: 10 times slower for the
 * per-channel sums that batch normalization and biases need.
 */
export function blockMean(backend: WasmBackend, x: TensorInfo, block: ReductionBlock): TensorInfo {
  const { outer, inner } = block;
  let { reduced } = block;
  let current = x;
  while (reduced > 1) {
    const window = windowSize(reduced);
    const remaining = reduced / window;
    const pooled = runKernel(
      backend,
      'AvgPool',
      { x: reshaped(current, [outer * remaining, window, 1, inner]) },
      { filterSize: [window, 1], strides: [1, 1], pad: 'valid' },
    );
    if (current !== x) backend.disposeData(current.dataId);
    current = pooled;
    reduced = remaining;
  }
  if (current === x) {
    current = backend.makeOutput(block.shape, 'float32');
    floatsOf(backend, current).set(floatsOf(backend, x));
  }
  return reshaped(current, block.shape);
}

/** The largest divisor within the limit; a large prime is averaged in one go. */
function windowSize(count: number): number {
  for (let window = Math.min(count, LONGEST_WINDOW); window > 1; window--) {
    if (count % window === 0) return window;
  }
  return count;
}
