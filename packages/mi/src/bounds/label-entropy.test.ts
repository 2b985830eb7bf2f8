import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { labelEntropy } from './label-entropy';

describe('labelEntropy', () => {
  it('is log K for K classes in equal number', () => {
    expect(labelEntropy([0, 1, 2, 3, 3, 2, 1, 0], 4)).toBeCloseTo(Math.log(4), 12);
  });

  it('counts what is there, not what could be', () => {
    expect(labelEntropy(Int32Array.of(0, 0, 0, 1), 5)).toBeCloseTo(
      -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)),
      12,
    );
    expect(labelEntropy([2, 2, 2], 3)).toBe(0);
  });

  it('ignores missing labels', () => {
    expect(labelEntropy([-1, 0, -1, 1], 2)).toBeCloseTo(Math.log(2), 12);
    expect(labelEntropy([-1, -1], 2)).toBe(0);
    expect(labelEntropy([], 2)).toBe(0);
  });

  it.each([2, -2, 0.5, Number.NaN])('refuses the label %d of 2 classes', (label) => {
    expect(() => labelEntropy([0, label], 2)).toThrow(InvalidOptionError);
    expect(() => labelEntropy([0, label], 2)).toThrow(/labels\[1\]/);
  });
});
