import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { describe, expect, it } from 'vitest';
import type { PairedSamples } from '../estimator';
import { ksg } from '../sample-estimators/ksg';
import { gaussianPairs } from '../testing/gaussian-pairs';
import { subsampleStandardError } from './subsample-standard-error';

const options = { seed: 1, onPart: () => {} };

describe('subsampleStandardError', () => {
  it('is σ/√N for a mean', async () => {
    const rows = 2000;
    const x = featureMatrix(randomStream(3, 'x').normals(rows));
    const mean = ({ x }: PairedSamples) => [...x.data].reduce((sum, value) => sum + value, 0) / x.rows;
    const error = await subsampleStandardError({ x, y: x }, mean, options);
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
      squares += (await subsampleStandardError(draw(key), ksg().value, options)) ** 2;
    }
    const ratio = Math.sqrt(squares / 10) / spread;
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });

  it('is Infinity where subsamples are too small to tell', async () => {
    const samples = gaussianPairs(0.5, { rows: 30 });
    expect(await subsampleStandardError(samples, ksg().value, options)).toBe(Number.POSITIVE_INFINITY);
    const few = gaussianPairs(0.5, { rows: 50 });
    expect(await subsampleStandardError(few, ksg({ k: 30 }).value, options)).toBe(Number.POSITIVE_INFINITY);
  });
});
