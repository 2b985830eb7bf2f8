import { featureMatrix, selectRows } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { describe, expect, it } from 'vitest';
import type { PairedSamples } from '../estimator';
import { ksg } from '../sample-estimators/ksg';
import { gaussianPairs } from '../testing/gaussian-pairs';
import { evaluateSubsamples } from './evaluate-subsamples';

/** The standard error, of rows that stand each for itself. */
async function errorOf(samples: PairedSamples, evaluate: (part: PairedSamples) => number): Promise<number> {
  const groups = Int32Array.from({ length: samples.x.rows }, (_, row) => row);
  return (await evaluateSubsamples(samples, evaluate, { groups, seed: 1, onPart: () => {} })).standardError;
}

describe('evaluateSubsamples', () => {
  it('is σ/√N for a mean', async () => {
    const rows = 2000;
    const x = featureMatrix(randomStream(3, 'x').normals(rows));
    const mean = ({ x }: PairedSamples) => [...x.data].reduce((sum, value) => sum + value, 0) / x.rows;
    const error = await errorOf({ x, y: x }, mean);
    // 45 degrees of freedom, if divisions were independent: a relative error of 1/√90 = 0.11.
    expect(error * Math.sqrt(rows)).toBeGreaterThan(0.6);
    expect(error * Math.sqrt(rows)).toBeLessThan(1.4);
  });

  it('is the spread of ksg() over samples drawn anew', async () => {
    const draw = (key: number) => gaussianPairs(0.5, { rows: 200, key });
    const values = Array.from({ length: 60 }, (_, key) => ksg().value(draw(key)));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 59);
    let squares = 0;
    for (let key = 0; key < 10; key++) {
      squares += (await errorOf(draw(key), ksg().value)) ** 2;
    }
    const ratio = Math.sqrt(squares / 10) / spread;
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });

  it('is Infinity where subsamples are too small to tell', async () => {
    const samples = gaussianPairs(0.5, { rows: 30 });
    expect(await errorOf(samples, ksg().value)).toBe(Number.POSITIVE_INFINITY);
    const few = gaussianPairs(0.5, { rows: 50 });
    expect(await errorOf(few, ksg({ k: 30 }).value)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is that of single rows where each comes four times in a group', async () => {
    const { x, y } = gaussianPairs(0.5, { rows: 200 });
    const four = (rows: typeof x) =>
      selectRows(
        rows,
        Int32Array.from({ length: 800 }, (_, row) => row >> 2),
      );
    const mean = ({ x: part }: PairedSamples) =>
      [...part.data].reduce((sum, value) => sum + value, 0) / part.rows;
    const once = await errorOf({ x, y }, mean);
    const groups = Int32Array.from({ length: 800 }, (_, row) => row - (row % 4));
    const copied = { x: four(x), y: four(y) };
    const grouped = await evaluateSubsamples(copied, mean, { groups, seed: 1, onPart: () => {} });
    expect(grouped.standardError / once).toBeGreaterThan(0.7);
    expect(grouped.standardError / once).toBeLessThan(1.4);
    expect(await errorOf(copied, mean)).toBeLessThan(0.7 * once);
    expect(Math.abs(grouped.half as number)).toBeLessThan(0.3);
  });
});
