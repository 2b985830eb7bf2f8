import { expectCloseArrays } from '@factornet/core/testing';
import { InvalidOptionError } from '@factornet/spec';
import { expect, test } from 'vitest';
import type { Dataset } from '../dataset';
import { takeFirst } from '../selection/subset';
import { shapes } from '../shapes/shapes';
import { channelStatistics } from './channel-statistics';

/** Red is 0 in even examples and 1 in odd ones, green 0.2 in one pixel and 0.6 in the other, blue always 0.5. */
const striped: Dataset = {
  name: 'striped',
  size: 300,
  imageShape: [1, 2, 3],
  tasks: [],
  read: async (indices) => ({
    size: indices.length,
    images: Float32Array.from(
      Array.from(indices).flatMap((index) => [index % 2, 0.2, 0.5, index % 2, 0.6, 0.5]),
    ),
    labels: {},
  }),
};

test('is the mean and the standard deviation of each channel', async () => {
  const { mean, standardDeviation } = await channelStatistics(striped);
  expectCloseArrays(mean, [0.5, 0.4, 0.5]);
  expectCloseArrays(standardDeviation, [0.5, 0.2, 1e-3]);
});

test('looks at a sample chosen by seed', async () => {
  const dataset = shapes({ size: 200, seed: 1 });
  const [one, same, other] = await Promise.all(
    [1, 1, 2].map((seed) => channelStatistics(dataset, { sample: 20, seed })),
  );
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
});

test('refuses to look at nothing', async () => {
  await expect(channelStatistics(striped, { sample: 0 })).rejects.toThrow(InvalidOptionError);
  await expect(channelStatistics(takeFirst(striped, 0))).rejects.toThrow(InvalidOptionError);
});
