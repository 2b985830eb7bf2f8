import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from './normal-distribution';

// Values of mpmath at 40 digits and more, rounded.
const CDF: [number, number][] = [
  [-37, 5.725571222524577e-300],
  [-20, 2.7536241186062337e-89],
  [-8, 6.220960574271784e-16],
  [-5.7, 5.990371401063528e-9],
  [-5.6, 1.071759025831093e-8],
  [-3, 0.0013498980316300946],
  [-1, 0.15865525393145705],
  [-0.66, 0.25462691467133614],
  [-0.3, 0.3820885778110474],
  [0, 0.5],
  [1e-5, 0.500003989422804],
  [0.5, 0.6914624612740131],
  [0.67, 0.7485711049046899],
  [1.96, 0.9750021048517795],
  [4, 0.9999683287581669],
  [8, 0.9999999999999993],
];
const QUANTILE: [number, number][] = [
  [1e-20, -9.262340089798407],
  [1e-11, -6.706023155495136],
  [1e-5, -4.264890793922825],
  [0.01, -2.326347874040841],
  [0.0749, -1.4402382675279637],
  [0.0751, -1.43882539275254],
  [0.3, -0.5244005127080408],
  [0.5, 0],
  [0.6, 0.2533471031357997],
  [0.926, 1.4466320671589787],
  [0.975, 1.9599639845400538],
];

describe('normalCdf', () => {
  it.each(CDF)('of %d agrees with arbitrary precision, in relative terms', (x, expected) => {
    // Far out, exp(−x²/2) multiplies the rounding of x by x².
    const digits = Math.max(1e-14, x * x * 2e-16);
    expect(Math.abs(normalCdf(x) / expected - 1)).toBeLessThan(digits);
  });

  it('adds up to 1 with its mirror image, never falls, and ends in 0 and 1', () => {
    for (let x = 0; x < 9; x += 0.01) {
      expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 14);
      expect(normalCdf(x + 0.01)).toBeGreaterThanOrEqual(normalCdf(x));
    }
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(normalCdf(-40)).toBe(0);
  });
});

describe('normalQuantile', () => {
  it.each(QUANTILE)('of %d agrees with arbitrary precision', (p, expected) => {
    expect(Math.abs(normalQuantile(p) - expected)).toBeLessThan(1e-14 * Math.max(1, Math.abs(expected)));
  });

  it('undoes the distribution function', () => {
    for (let x = -6; x < 3; x += 0.05) expect(normalQuantile(normalCdf(x))).toBeCloseTo(x, 11);
  });

  it.each([0, 1, -0.1, Number.NaN])('refuses %d', (p) => {
    expect(() => normalQuantile(p)).toThrow(InvalidOptionError);
  });
});
