import { expectCloseArrays } from '@factornet/core/testing';
import { setBackend, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { channelMoments, standardise } from './standardised';

beforeAll(() => setBackend('cpu'));

describe('standardise', () => {
  it('takes the mean away and divides by the deviation, without dimensions that hardly change', async () => {
    const target = standardise({
      mean: Float32Array.of(1, 2, 3),
      deviation: Float32Array.of(2, 5e-5, 0.5),
    });
    expect(target.dimensions).toBe(2);
    const features = tensor2d([
      [3, 7, 3],
      [0, 7, 4],
    ]);
    const result = target.apply(features);
    expect(await result.array()).toEqual([
      [1, 0],
      [-0.5, 2],
    ]);
    for (const each of [features, result, target]) each.dispose();
  });
});

describe('channelMoments', () => {
  it('is what pooling positions gives', () => {
    // Two positions of two channels, three examples.
    const rows = [
      [1, 10, 3, -5],
      [2, 20, 5, 0],
      [4, 0, 9, 2],
    ];
    const momentsOf = (values: number[]) => {
      const mean = values.reduce((sum, value) => sum + value) / values.length;
      const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      return [mean, Math.sqrt(square)] as const;
    };
    const single = [0, 1, 2, 3].map((column) => momentsOf(rows.map((row) => row[column] as number)));
    const pooled = channelMoments(
      {
        mean: Float32Array.from(single, ([mean]) => mean),
        deviation: Float32Array.from(single, ([, deviation]) => deviation),
      },
      2,
    );
    const expected = [0, 1].map((channel) =>
      momentsOf(rows.flatMap((row) => [row[channel] as number, row[channel + 2] as number])),
    );
    expectCloseArrays(
      pooled.mean,
      expected.map(([mean]) => mean),
      { absolute: 1e-5 },
    );
    expectCloseArrays(
      pooled.deviation,
      expected.map(([, deviation]) => deviation),
      { absolute: 1e-5 },
    );
  });
});
