import { estimateSecondsLeft, throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { keep, type Tensor4D } from '@tensorflow/tfjs';
import type { Dataset, ExampleBatch } from '../dataset';
import { imagesTensor } from './images-tensor';

export interface PassProgress {
  /** Examples. */
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number;
}

export interface EachBatchOptions {
  /** Which examples, in which order. Default: all, in the dataset's order. */
  indices?: Int32Array;
  /** Default 128. */
  batchSize?: number;
  /** What is done, for the error of a cancellation. */
  operation?: string;
  /** Called after each batch. */
  onProgress?: ((progress: PassProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Some examples on their way through a pass. */
export interface PassBatch {
  readonly examples: ExampleBatch;
  /** Where they sit in the dataset. */
  readonly indices: Int32Array;
  /** How many examples came before them in this pass: their first row in whatever is collected. */
  readonly start: number;
  /** The pictures `[batch, height, width, channels]`; made when asked for, released after the visit. */
  readonly images: Tensor4D;
}

/**
 * One pass over a dataset, batch by batch, each visited once and one after the other. The event loop gets its turn after
 * each, so that Ctrl-C and timers work.
 *
 * @throws InvalidOptionError for a batch size that is not a positive integer
 * @throws CancelledError on `signal`, between batches
 * @example
 * const sums = new Float32Array(data.size);
 * await eachBatch(data, { batchSize: 64, signal }, async ({ images, start }) => {
 *   const sum = tidy(() => images.sum([1, 2, 3]));
 *   sums.set(await sum.data(), start);
 *   sum.dispose();
 * });
 */
export async function eachBatch(
  data: Dataset,
  { indices, batchSize = 128, operation = 'Reading examples', onProgress, signal }: EachBatchOptions,
  visit: (batch: PassBatch) => void | Promise<void>,
): Promise<void> {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new InvalidOptionError({
      option: 'batchSize',
      expected: 'a positive integer',
      received: batchSize,
    });
  }
  const total = indices?.length ?? data.size;
  const startedAt = performance.now();
  throwIfCancelled(operation, signal);
  for (let start = 0; start < total; start += batchSize) {
    const done = Math.min(start + batchSize, total);
    const chosen =
      indices?.slice(start, done) ?? Int32Array.from({ length: done - start }, (_, index) => start + index);
    await visitBatch(data, await data.read(chosen), { indices: chosen, start }, visit);
    onProgress?.({ done, total, secondsLeft: estimateSecondsLeft(startedAt, done, total) });
    await yieldToEventLoop();
    throwIfCancelled(operation, signal);
  }
}

async function visitBatch(
  { imageShape }: Dataset,
  examples: ExampleBatch,
  place: Pick<PassBatch, 'indices' | 'start'>,
  visit: (batch: PassBatch) => void | Promise<void>,
): Promise<void> {
  let images: Tensor4D | undefined;
  try {
    await visit({
      ...place,
      examples,
      get images() {
        // Kept, or a tidy in which it is first asked for would release it.
        images ??= keep(imagesTensor(examples, imageShape));
        return images;
      },
    });
  } finally {
    images?.dispose();
  }
}
