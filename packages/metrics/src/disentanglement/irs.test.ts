import { featureMatrix } from '@factornet/core/samples';
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

  it('refuses a quantile outside (0, 1]', () => {
    expect(() => irs({ quantile: 0 })).toThrow(InvalidOptionError);
    expect(() => irs({ quantile: 99 })).toThrow(/quantile/);
  });
});
