import { featureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { LabelOutOfRangeError } from '@factornet/spec/training';
import { describe, expect, it } from 'vitest';
import { crossEntropy } from './cross-entropy';

const probabilities = featureMatrix([
  [0.5, 0.5],
  [1, 0],
  [0.25, 0.75],
]);

describe('crossEntropy', () => {
  it('is the mean of −log p over the labelled rows', () => {
    expect(crossEntropy(probabilities, [0, 0, 1])).toBeCloseTo((Math.log(2) + Math.log(4 / 3)) / 3, 12);
    expect(crossEntropy(probabilities, [1, -1, -1])).toBeCloseTo(Math.log(2), 12);
  });

  it('is infinite for what was held impossible, unless smoothed', () => {
    expect(crossEntropy(probabilities, [-1, 1, -1])).toBe(Number.POSITIVE_INFINITY);
    expect(crossEntropy(probabilities, [-1, 1, -1], { smoothing: 0.1 })).toBeCloseTo(Math.log(20), 12);
  });

  it('names what is wrong', () => {
    expect(() => crossEntropy(probabilities, [0])).toThrow(ShapeMismatchError);
    expect(() => crossEntropy(probabilities, [0, 0, 2])).toThrow(LabelOutOfRangeError);
    expect(() => crossEntropy(probabilities, [-1, -1, -1])).toThrow(InvalidOptionError);
    expect(() => crossEntropy(probabilities, [0, 0, 0], { smoothing: 2 })).toThrow(/smoothing/);
  });
});
