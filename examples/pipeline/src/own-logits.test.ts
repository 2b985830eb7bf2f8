import { describe, expect, it } from 'vitest';
import { maxAbsoluteDifference } from './own-logits';

describe('maxAbsoluteDifference', () => {
  it('finds the largest difference, of either sign', () => {
    expect(maxAbsoluteDifference([1, 2, 3], [1, 5, 1])).toBe(3);
    expect(maxAbsoluteDifference([1], [1])).toBe(0);
  });

  it('refuses arrays of different length', () => {
    expect(() => maxAbsoluteDifference([1], [1, 2])).toThrow(RangeError);
  });
});
