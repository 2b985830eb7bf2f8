import { featureMatrix } from '@factornet/core/samples';
import { expectCloseArrays } from '@factornet/core/testing';
import { describe, expect, it } from 'vitest';
import { bestTrust, mixWithPrior } from './trust';

const probabilities = featureMatrix([
  [0.9, 0.1],
  [0.2, 0.8],
]);
const prior = Float64Array.of(0.75, 0.25);

describe('mixWithPrior', () => {
  it('is the prior at 0, the classifier at 1, and between them by logarithms', () => {
    expectCloseArrays(mixWithPrior(probabilities, prior, 0).data, [0.75, 0.25, 0.75, 0.25], {
      absolute: 1e-12,
    });
    expectCloseArrays(mixWithPrior(probabilities, prior, 1).data, probabilities.data, { absolute: 1e-12 });
    const [first, second] = [Math.sqrt(0.9 * 0.75), Math.sqrt(0.1 * 0.25)];
    expect(mixWithPrior(probabilities, prior, 0.5).data[0]).toBeCloseTo(first / (first + second), 12);
  });

  it('survives probabilities of 0', () => {
    const sure = featureMatrix([[1, 0, 0]]);
    const { data } = mixWithPrior(sure, Float64Array.of(0.5, 0.5, 0), 0.5);
    expect([...data].every(Number.isFinite)).toBe(true);
    expect(data[2]).toBe(0);
  });
});

describe('bestTrust', () => {
  it('agrees with a search over a fine grid', () => {
    const shown = featureMatrix(
      Array.from({ length: 40 }, (_, row) => (row % 2 === 0 ? [0.9, 0.1] : [0.2, 0.8])),
    );
    // The classifier is right 29 times in 40: too sure of itself.
    const labels = Int32Array.from({ length: 40 }, (_, row) =>
      row % 4 === 3 ? 0 : row % 20 === 0 ? 1 : row % 2,
    );
    const cost = (trust: number) => {
      const { data } = mixWithPrior(shown, prior, trust);
      return labels.reduce((sum, label, row) => sum - Math.log(data[2 * row + label] as number), 0);
    };
    const grid = Array.from({ length: 2001 }, (_, index) => index / 1000);
    const best = grid.reduce((least, trust) => (cost(trust) < cost(least) ? trust : least), 0);
    expect(best).toBeGreaterThan(0.1);
    expect(best).toBeLessThan(0.9);
    expect(bestTrust(shown, prior, labels)).toBeCloseTo(best, 2);
  });

  it('is 2 at most, and 0 at least', () => {
    const even = Float64Array.of(0.5, 0.5);
    const timid = featureMatrix(
      Array.from({ length: 20 }, (_, row) => (row % 2 === 0 ? [0.55, 0.45] : [0.45, 0.55])),
    );
    const right = Int32Array.from({ length: 20 }, (_, row) => row % 2);
    // Always right and hardly sure: the more of it, the better.
    expect(bestTrust(timid, even, right)).toBeCloseTo(2, 3);
    expect(bestTrust(timid, even, right)).toBeLessThanOrEqual(2);
    // Always wrong: the less, the better.
    expect(
      bestTrust(
        timid,
        even,
        right.map((label) => 1 - label),
      ),
    ).toBeCloseTo(0, 3);
  });

  it('may be more than 1', () => {
    const even = Float64Array.of(0.5, 0.5);
    // Right 8 times in 10, and 0.7 sure: 0.7^s / (0.7^s + 0.3^s) = 0.8.
    const timid = featureMatrix(Array.from({ length: 10 }, () => [0.7, 0.3]));
    const labels = Int32Array.from({ length: 10 }, (_, row) => (row < 8 ? 0 : 1));
    expect(bestTrust(timid, even, labels)).toBeCloseTo(Math.log(4) / Math.log(7 / 3), 3);
  });

  it('believes a classifier that nothing speaks about', () => {
    expect(bestTrust(probabilities, Float64Array.of(1, 0), Int32Array.of(1, 1))).toBe(1);
  });
});
