import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { Dataset } from '../dataset';
import { eachBatch } from './each-batch';

export interface ChannelStatisticsOptions {
  /** How many examples to look at, chosen at random. Default 2000, or all of a smaller dataset. */
  sample?: number;
  /** Default 0. */
  seed?: number;
}

/** Per channel, as a network's `input.normalization` wants it. */
export interface ChannelStatistics {
  mean: number[];
  standardDeviation: number[];
}

/** Keeps the division by it finite where a channel never changes. */
const leastDeviation = 1e-3;

/**
 * Mean and standard deviation of each channel over pixels and examples, in units of white (values lie in
 * [0, 1]). A channel that never changes gets a standard deviation of 0.001.
 *
 * @throws InvalidOptionError if there is nothing to look at
 * @example
 * const normalization = await channelStatistics(train, { sample: 1000, seed: 1 });
 */
export async function channelStatistics(
  dataset: Dataset,
  { sample = 2000, seed = 0 }: ChannelStatisticsOptions = {},
): Promise<ChannelStatistics> {
  const count = Math.min(sample, dataset.size);
  if (!Number.isInteger(count) || count < 1) {
    throw new InvalidOptionError({
      option: 'sample',
      expected: 'a positive integer, of a dataset that is not empty',
      received: count,
    });
  }
  const channels = dataset.imageShape[2];
  const chosen = randomStream(seed, 'channel-statistics').permutation(dataset.size).subarray(0, count);
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  await eachBatch(dataset, { indices: chosen }, ({ examples: { images } }) => {
    for (let index = 0; index < images.length; index++) {
      const value = images[index] as number;
      const channel = index % channels;
      sums[channel] = (sums[channel] as number) + value;
      squares[channel] = (squares[channel] as number) + value * value;
    }
  });
  const pixels = count * dataset.imageShape[0] * dataset.imageShape[1];
  const mean = Array.from(sums, (sum) => sum / pixels);
  const standardDeviation = Array.from(squares, (square, channel) =>
    Math.max(leastDeviation, Math.sqrt(Math.max(0, square / pixels - (mean[channel] as number) ** 2))),
  );
  return { mean, standardDeviation };
}
