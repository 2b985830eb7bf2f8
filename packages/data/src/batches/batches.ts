import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { Dataset, ExampleBatch } from '../dataset';

export interface BatchesOptions {
  batchSize: number;
  /** Needed to shuffle. Default 0. */
  seed?: number;
  /** Each epoch has its own order. Default 0. */
  epoch?: number;
  /** Default false: examples come in the dataset's order. */
  shuffle?: boolean;
  /** Leaves out a last batch smaller than `batchSize`. Default false. */
  dropRemainder?: boolean;
}

export interface IndexedBatch {
  /** Where the examples sit in the dataset. */
  readonly indices: Int32Array;
  readonly batch: ExampleBatch;
}

/**
 * Reads a dataset once, batch by batch. The order is a function of the seed and the epoch alone, so training
 * resumes at any epoch as if it had never stopped.
 *
 * @throws InvalidOptionError for a batch size that is not a positive integer
 * @example
 * for await (const { batch } of batches(train, { batchSize: 64, shuffle: true, seed: 1, epoch })) { … }
 */
export async function* batches(dataset: Dataset, options: BatchesOptions): AsyncGenerator<IndexedBatch> {
  for (const indices of batchIndices(dataset.size, options)) {
    yield { indices, batch: await dataset.read(indices) };
  }
}

/** The order that {@link batches} reads in. */
export function batchIndices(
  size: number,
  { batchSize, seed = 0, epoch = 0, shuffle = false, dropRemainder = false }: BatchesOptions,
): Int32Array[] {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new InvalidOptionError({
      option: 'batchSize',
      expected: 'a positive integer',
      received: batchSize,
    });
  }
  const order = shuffle
    ? randomStream(seed, 'order', epoch).permutation(size)
    : Int32Array.from({ length: size }, (_, index) => index);
  const count = dropRemainder ? Math.floor(size / batchSize) : Math.ceil(size / batchSize);
  return Array.from({ length: count }, (_, step) => order.slice(step * batchSize, (step + 1) * batchSize));
}
