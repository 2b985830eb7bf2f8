import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { digamma, digammaTable, logGamma } from './gamma-functions';

// 40-digit values of mpmath, rounded.
const DIGAMMA: [number, number][] = [
  [1e-3, -1000.5755719318103],
  [0.1, -10.423754940411076],
  [0.5, -1.9635100260214235],
  [1, -0.5772156649015329],
  [1.4616321449683622, 0],
  [2.5, 0.7031566406452432],
  [7.25, 1.910453526883736],
  [10, 2.251752589066721],
  [33.3, 3.490467238520243],
  [1e4, 9.210290371142849],
];
const LOG_GAMMA: [number, number][] = [
  [1e-3, 6.907178885383853],
  [0.1, 2.252712651734206],
  [0.5, 0.5723649429247001],
  [1, 0],
  [1.4616321449683622, -0.12148629053584961],
  [2, 0],
  [2.5, 0.2846828704729192],
  [7.25, 7.0521854507385395],
  [10, 12.801827480081469],
  [33.3, 82.60372358165495],
  [1e4, 82099.71749644238],
];

describe('digamma', () => {
  it.each(DIGAMMA)('of %d agrees with arbitrary precision', (x, expected) => {
    expect(Math.abs(digamma(x) - expected)).toBeLessThan(1e-14 * Math.max(2, Math.abs(expected)));
  });

  it('is a harmonic number minus Euler’s constant at whole numbers, and grows by 1/x', () => {
    const harmonic = 1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5;
    expect(digamma(6)).toBeCloseTo(harmonic - 0.5772156649015329, 13);
    for (const x of [0.3, 4.7, 9.99, 10, 250]) expect(digamma(x + 1) - digamma(x)).toBeCloseTo(1 / x, 12);
  });

  it('is tabulated for counts', () => {
    const table = digammaTable(12);
    expect(table).toHaveLength(13);
    expect(table[12]).toBe(digamma(12));
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (x) => {
    expect(() => digamma(x)).toThrow(InvalidOptionError);
  });
});

describe('logGamma', () => {
  it.each(LOG_GAMMA)('of %d agrees with arbitrary precision', (x, expected) => {
    expect(Math.abs(logGamma(x) - expected)).toBeLessThan(1e-14 * Math.max(2, Math.abs(expected)));
  });

  it('is the logarithm of a factorial at whole numbers', () => {
    let factorial = 1;
    for (let n = 1; n < 20; factorial *= n, n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12);
    }
  });

  it('has digamma as its derivative', () => {
    for (const x of [0.2, 1.7, 9.5, 60]) {
      const slope = (logGamma(x + 1e-5) - logGamma(x - 1e-5)) / 2e-5;
      expect(slope).toBeCloseTo(digamma(x), 6);
    }
  });

  it('refuses 0', () => expect(() => logGamma(0)).toThrow(InvalidOptionError));
});
