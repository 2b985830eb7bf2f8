import { featureMatrix } from '@factornet/core/samples';
import { CancelledError, InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { deterministicFixture } from '../testing/deterministic-fixture';
import { goldenRepresentation } from '../testing/golden-representations';
import { sap, sapOfMatrix } from './sap';

describe('sap', () => {
  it('gives the deterministic golden value of the continuous variant', async () => {
    const { metric, value } = await sap({ variant: 'continuous' }).measure(deterministicFixture());
    expect(metric).toBe('sap-continuous');
    expect(value).toBeCloseTo(0.4999800974, 9);
  });

  it('keeps the squared correlation of codes of any size', async () => {
    const { codes, factors } = deterministicFixture();
    const large = { codes: { ...codes, data: codes.data.map((value) => value * 1e140) }, factors };
    const { value } = await sap({ variant: 'continuous' }).measure(large);
    expect(value).toBeCloseTo(0.4999800974, 9);
  });

  it('scores a code that hardly varies 0', async () => {
    const { factors } = deterministicFixture();
    const data = Float64Array.from(factors.data, (value) => 1e-7 * value);
    const { value } = await sap({ variant: 'continuous' }).measure({ codes: { ...factors, data }, factors });
    expect(value).toBe(0);
  });

  it.each([
    ['discrete', 1e-3, /4 of 4 codes have a standard deviation below 0\.1 .*penalty/],
    ['continuous', 1e-9, /4 of 4 codes have a standard deviation below 0\.000001 .*constant/],
  ] as const)('says where the scale of codes decides: %s', async (variant, scale, message) => {
    const { codes, factors } = deterministicFixture();
    const measure = (by: number) => {
      const data = codes.data.map((value) => value * by) as Float64Array;
      return sap({ variant }).measure({ codes: { ...codes, data }, factors });
    };
    expect((await measure(scale)).details.notes).toEqual([expect.stringMatching(message)]);
    expect((await measure(1)).details.notes).toEqual([]);
  });

  it('tells how far it is, and stops when asked to', async () => {
    const metric = sap({ variant: 'discrete' });
    const seen: number[] = [];
    const { details } = await metric.measure(deterministicFixture(), {
      onProgress: ({ done, total }) => seen.push(done / total),
    });
    expect(seen).toHaveLength(8);
    expect(seen.at(-1)).toBe(1);
    expect(details.scores).toHaveLength(4);
    const controller = new AbortController();
    const run = metric.measure(goldenRepresentation('identity'), {
      onProgress: () => controller.abort(),
      signal: controller.signal,
    });
    await expect(run).rejects.toThrow(CancelledError);
  });

  it('counts a class that no example to learn from has as read wrong', async () => {
    // Two rows to learn from per row to test on; class 2 is there once.
    const rows = Array.from({ length: 30 }, (_, row) => row);
    const fixed = {
      codes: featureMatrix(rows.map((row) => [row % 2, 0.3])),
      factors: featureMatrix(rows.map((row) => [row === 7 ? 2 : row % 2])),
    };
    for (const seed of [0, 1, 2, 3]) {
      const { value } = await sap({ variant: 'discrete' }).measure(fixed, { seed });
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });

  it('refuses a single code and another variant', async () => {
    const one = { codes: featureMatrix([1, 2, 3, 4]), factors: featureMatrix([0, 1, 0, 1]) };
    await expect(sap({ variant: 'continuous' }).measure(one)).rejects.toThrow(InvalidOptionError);
    expect(() => sap({ variant: 'linear' as 'discrete' })).toThrow(/"discrete" or "continuous"/);
  });
});

describe('sapOfMatrix', () => {
  it('averages the gaps of the golden matrix', () => {
    const scores = featureMatrix([
      [0.7, 0.1, 0.05],
      [0.2, 0.6, 0.05],
      [0.1, 0.3, 0.9],
      [0, 0, 0],
    ]);
    expect(sapOfMatrix(scores)).toBeCloseTo(0.55, 12);
  });
});
