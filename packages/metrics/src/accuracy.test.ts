import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { LabelOutOfRangeError } from '@factornet/spec/training';
import { describe, expect, it } from 'vitest';
import { accuracy, chanceAccuracy, normalisedAccuracy } from './accuracy';

describe('accuracy', () => {
  it('counts right answers among the labelled examples only', () => {
    expect(accuracy(Int32Array.of(0, 1, 2, 0), Int32Array.of(0, 1, 1, -1))).toBeCloseTo(2 / 3, 12);
    // A predicted −1 does not match a missing label.
    expect(accuracy(Int32Array.of(-1, 1), Int32Array.of(-1, 0))).toBe(0);
  });

  it('refuses lengths that differ and labels that are all missing', () => {
    expect(() => accuracy(Int32Array.of(0), Int32Array.of(0, 1))).toThrow(ShapeMismatchError);
    expect(() => accuracy(Int32Array.of(0), Int32Array.of(-1))).toThrow(InvalidOptionError);
    expect(() => accuracy(Int32Array.of(), Int32Array.of())).toThrow(InvalidOptionError);
  });
});

describe('accuracy of what are no classes', () => {
  it.each([
    ['NaN as a label', [0, 1], [0, Number.NaN], /labels\[1\] must be a class/],
    ['a label below −1', [0, 1], [0, -2], /labels\[1\]/],
    ['NaN as a prediction', [Number.NaN, 1], [0, 1], /predicted\[0\] must be a class/],
    ['a probability as a prediction', [0.7, 1], [0, 1], /argmaxRows/],
  ])('refuses %s', (_, predicted, labels, message) => {
    expect(() => accuracy(predicted, labels)).toThrow(InvalidOptionError);
    let text = '';
    try {
      accuracy(predicted, labels);
    } catch (error) {
      text = `${(error as Error).message} ${(error as InvalidOptionError).hint}`;
    }
    expect(text).toMatch(message);
  });
});

describe('chanceAccuracy', () => {
  it('is the share of the most frequent class', () => {
    expect(chanceAccuracy(Int32Array.of(0, 1, 1, 2, -1, -1), 3)).toBe(0.5);
    expect(chanceAccuracy(Int32Array.of(2), 3)).toBe(1);
  });

  it('refuses labels outside the classes and labels that are all missing', () => {
    expect(() => chanceAccuracy(Int32Array.of(0, 3), 3)).toThrow(LabelOutOfRangeError);
    expect(() => chanceAccuracy(Int32Array.of(0, -2), 3)).toThrow(LabelOutOfRangeError);
    expect(() => chanceAccuracy(Int32Array.of(-1), 3)).toThrow(InvalidOptionError);
    expect(() => chanceAccuracy(Int32Array.of(0), -3)).toThrow(/classes must be a whole number from 1/);
  });
});

describe('normalisedAccuracy', () => {
  it('puts chance at 0 and the ceiling at 1', () => {
    expect(normalisedAccuracy(0.25, 0.25)).toBe(0);
    expect(normalisedAccuracy(1, 0.25)).toBe(1);
    expect(normalisedAccuracy(0.5, 0.25, 0.75)).toBe(0.5);
    expect(normalisedAccuracy(0.125, 0.25, 0.75)).toBe(-0.25);
  });

  it('refuses a ceiling that is not above chance, never dividing by 0', () => {
    expect(() => normalisedAccuracy(0.5, 0.5, 0.5)).toThrow(/ceiling must be above chance \(0.5\)/);
    expect(() => normalisedAccuracy(1, 1)).toThrow(InvalidOptionError);
    expect(() => normalisedAccuracy(1, Number.NaN)).toThrow(InvalidOptionError);
    expect(() => normalisedAccuracy(Number.NaN, 0.5)).toThrow(/accuracy must be a finite number/);
  });
});
