import { featureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { deterministicFixture } from '../testing/deterministic-fixture';
import { codeInformation } from './code-information';
import { gaussianTotalCorrelation, totalCorrelationOf } from './total-correlation';
import { wassersteinCorrelation, wassersteinCorrelationOf } from './wasserstein-correlation';

const GOLDEN = [
  [1, 0.6, 0.2],
  [0.6, 2, 0.3],
  [0.2, 0.3, 0.5],
];
const noFactors = (rows: number) => ({ rows, columns: 0, data: new Float64Array(0) });

describe('totalCorrelationOf', () => {
  it('gives the golden value, and the closed form of two codes', () => {
    expect(totalCorrelationOf(GOLDEN)).toBeCloseTo(0.16286507, 9);
    const two = totalCorrelationOf([
      [1, 0.9],
      [0.9, 1],
    ]);
    expect(two).toBeCloseTo(-Math.log(1 - 0.81) / 2, 12);
    expect(totalCorrelationOf([])).toBe(0);
  });

  it('is infinite where codes determine each other, and refuses what is no covariance', () => {
    expect(
      totalCorrelationOf([
        [4, -2],
        [-2, 1],
      ]),
    ).toBe(Number.POSITIVE_INFINITY);
    const constant = [
      [1, 0],
      [0, 0],
    ];
    expect(() => totalCorrelationOf(constant)).toThrow(InvalidOptionError);
    const indefinite = [
      [1, 2],
      [2, 1],
    ];
    expect(() => totalCorrelationOf(indefinite)).toThrow(/positive semi-definite/);
    expect(() => totalCorrelationOf([[1, 2]])).toThrow(ShapeMismatchError);
  });
});

describe('wassersteinCorrelationOf', () => {
  it('gives the golden value, 0 for a diagonal, and the closed form of two copies', () => {
    expect(wassersteinCorrelationOf(GOLDEN)).toBeCloseTo(0.1755232127, 9);
    const diagonal = [
      [3, 0],
      [0, 0.2],
    ];
    expect(wassersteinCorrelationOf(diagonal)).toBeCloseTo(0, 12);
    // Δ^½ Σ Δ^½ is all ones, with eigenvalues 2 and 0.
    const copies = [
      [1, 1],
      [1, 1],
    ];
    expect(wassersteinCorrelationOf(copies)).toBeCloseTo(4 - 2 * Math.SQRT2, 9);
    expect(() => wassersteinCorrelationOf([[1, 2]])).toThrow(ShapeMismatchError);
  });
});

describe('correlations of codes', () => {
  it.each([
    [gaussianTotalCorrelation(), 5.668241878],
    [wassersteinCorrelation(), 3.2622047802],
    [wassersteinCorrelation({ normalised: true }), 0.3677513412],
    [codeInformation(), 0.2355298393],
  ])(
    'agree with NumPy on the deterministic fixture, without its factors ($name)',
    async (metric, expected) => {
      const { codes } = deterministicFixture();
      const { value } = await metric.measure({ codes, factors: noFactors(codes.rows) });
      // Total correlation takes the logarithm of a small pivot, so that rounding shows earlier.
      expect(value).toBeCloseTo(expected, 8);
    },
  );

  it('see copies, leave constants out and take a single code', async () => {
    const rows = Array.from({ length: 50 }, (_, row) => [Math.sin(row), 5, -3 * Math.sin(row)]);
    const codes = featureMatrix(rows);
    const factors = noFactors(50);
    const copied = await gaussianTotalCorrelation().measure({ codes, factors });
    expect(copied.value).toBe(Number.POSITIVE_INFINITY);
    expect(copied.details.codes).toEqual([0, 2]);
    expect(copied.details.notes).toEqual([
      'Left out 1 of 3 codes, which are constant.',
      'Infinite: a code is a copy or a linear function of others.',
    ]);
    const single = { codes: featureMatrix(rows.map(([code = 0]) => code)), factors };
    for (const metric of [gaussianTotalCorrelation(), wassersteinCorrelation(), codeInformation()]) {
      expect((await metric.measure(single)).value).toBeCloseTo(0, 12);
    }
    const constant = { codes: featureMatrix([3, 3, 3]), factors: noFactors(3) };
    for (const metric of [
      gaussianTotalCorrelation(),
      wassersteinCorrelation({ normalised: true }),
      codeInformation(),
    ]) {
      expect((await metric.measure(constant)).value).toBe(0);
    }
  });

  it('refuse a single example', async () => {
    const single = { codes: featureMatrix([[1, 2]]), factors: noFactors(1) };
    await expect(gaussianTotalCorrelation().measure(single)).rejects.toThrow(InvalidOptionError);
  });
});
