import { ShapeMismatchError } from '@factornet/spec';
import { array, assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discreteEntropy, discreteMutualInformation } from './discrete-information';

describe('discreteEntropy', () => {
  it('is log K for K levels in equal number, 0 for one level or none', () => {
    expect(discreteEntropy([3, 7, 3, 7])).toBeCloseTo(Math.log(2), 12);
    expect(discreteEntropy([4, 4, 4])).toBe(0);
    expect(discreteEntropy([])).toBe(0);
  });

  it('weighs levels by how often they come', () => {
    const expected = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
    expect(discreteEntropy(Float32Array.of(0.5, 0.5, 0.5, -1))).toBeCloseTo(expected, 12);
  });
});

describe('discreteMutualInformation', () => {
  const n = Array.from({ length: 240 }, (_, index) => index);

  it('is 0 for independent variables on a full grid, H for a variable and itself', () => {
    const [four, six] = [n.map((index) => index % 4), n.map((index) => Math.floor(index / 4) % 6)];
    expect(discreteMutualInformation(four, six)).toBeCloseTo(0, 12);
    expect(discreteMutualInformation(six, six)).toBeCloseTo(Math.log(6), 12);
  });

  it('agrees with the table of joint counts worked out by hand', () => {
    // p(0,0) = 1/2, p(0,1) = 1/4, p(1,1) = 1/4.
    const expected =
      0.5 * Math.log(0.5 / (0.75 * 0.5)) +
      0.25 * Math.log(0.25 / (0.75 * 0.5)) +
      0.25 * Math.log(0.25 / 0.125);
    expect(discreteMutualInformation([0, 0, 0, 1], [0, 0, 1, 1])).toBeCloseTo(expected, 12);
  });

  it('is symmetric, never negative, at most either entropy and zero for one level', () => {
    assert(
      property(
        array(tuple(integer({ min: 0, max: 4 }), integer({ min: 0, max: 3 })), { minLength: 1 }),
        (pairs) => {
          const [left, right] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
          const nats = discreteMutualInformation(left, right);
          expect(discreteMutualInformation(right, left)).toBeCloseTo(nats, 12);
          expect(nats).toBeGreaterThanOrEqual(0);
          expect(nats).toBeLessThanOrEqual(Math.min(discreteEntropy(left), discreteEntropy(right)) + 1e-12);
          expect(discreteMutualInformation(left, new Array(left.length).fill(2))).toBeCloseTo(0, 12);
        },
      ),
    );
  });

  it('refuses variables of different lengths', () => {
    expect(() => discreteMutualInformation([1, 2], [1])).toThrow(ShapeMismatchError);
  });
});
