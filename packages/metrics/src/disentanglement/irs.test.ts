import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { deterministicFixture } from '../testing/deterministic-fixture';
import { goldenRepresentation } from '../testing/golden-representations';
import { irs } from './irs';

describe('irs', () => {
  it.each([
    [0.9, 0.7235658944],
    [0.99, 0.7208947292],
    [1, 0.720607522],
  ])(
    'agrees with the formulas of disentanglement_lib in NumPy at quantile %d',
    async (quantile, expected) => {
      const { value } = await irs({ quantile }).measure(deterministicFixture());
      expect(value).toBeCloseTo(expected, 9);
    },
  );

  it('is near 1 for perfect codes, 0 for constant ones, and not near 0 for noise', async () => {
    expect((await irs().measure(goldenRepresentation('identity'))).value).toBeCloseTo(1, 9);
    const constant = await irs().measure(goldenRepresentation('constant'));
    expect(constant.value).toBe(0);
    expect(constant.details.notes).toEqual(['Left out 5 of 5 codes, which are constant.']);
    expect((await irs().measure(goldenRepresentation('only noise'))).value).toBeGreaterThan(0.2);
  });

  it('leaves constant codes out', async () => {
    const { codes, factors } = deterministicFixture();
    const rows = Array.from({ length: codes.rows }, (_, row) => [
      7,
      ...codes.data.subarray(row * 4, row * 4 + 4),
    ]);
    const { value, details } = await irs().measure({ codes: featureMatrix(rows), factors });
    expect(value).toBeCloseTo(0.7208947292, 9);
    expect(details.codes).toEqual([1, 2, 3, 4]);
  });

  it('reads noise alike beside factors of 20 and of 200 values, which are cut into 20 bins', async () => {
    const random = randomStream(4, 'irs');
    const codes = featureMatrix(Array.from({ length: 10_000 }, () => [random.normal(), random.normal()]));
    const measure = (values: number, rows = 10_000) => {
      const numbers = Array.from({ length: rows }, () => random.integer(values));
      const drawn = { ...codes, rows, data: codes.data.subarray(0, rows * 2) as Float64Array };
      return irs().measure({ codes: drawn, factors: featureMatrix(numbers) });
    };
    const [twenty, many] = [await measure(20), await measure(200)];
    // The largest of 10,000 deviations and 99th percentiles of 500: 0.3 to 0.4.
    expect(Math.abs(many.value - twenty.value)).toBeLessThan(0.05);
    expect(many.value).toBeLessThan(0.42);
    expect(many.details.notes).toEqual(['The 200 values of factor 0 are cut into 20 bins.']);
    const few = await measure(20, 100);
    expect(few.value).toBeGreaterThan(0.4);
    expect(few.details.notes).toEqual([
      expect.stringMatching(/Levels of factor 0 have 5 examples on average: .*too high/),
    ]);
  });

  it('bins values in their order, however they are numbered', async () => {
    const { codes } = deterministicFixture();
    const factor = (number: (row: number) => number) =>
      featureMatrix(Array.from({ length: 240 }, (_, row) => number(row % 40)));
    const plain = await irs().measure({ codes, factors: factor((value) => value) });
    const stretched = await irs().measure({ codes, factors: factor((value) => 2 ** value) });
    expect(stretched.value).toBe(plain.value);
  });

  it('refuses a quantile outside (0, 1]', () => {
    expect(() => irs({ quantile: 0 })).toThrow(InvalidOptionError);
    expect(() => irs({ quantile: 99 })).toThrow(/quantile/);
  });
});
