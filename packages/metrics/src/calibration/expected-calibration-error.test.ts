import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { LabelOutOfRangeError } from '@factornet/spec/training';
import { describe, expect, it } from 'vitest';
import { expectedCalibrationError } from './expected-calibration-error';

/** Two-class probabilities, class 0 first. */
function binary(confidences: number[]) {
  const data = Float64Array.from(confidences.flatMap((p) => [p, 1 - p]));
  return { rows: confidences.length, columns: 2, data };
}

describe('expectedCalibrationError', () => {
  it('weighs the gap of each bin by its examples', () => {
    // Bin of 0.95: 3 examples, 2 right, gap |2/3 − 0.95|; bin of 0.65: 1 example, right, gap 0.35.
    const expected = (3 / 4) * (0.95 - 2 / 3) + (1 / 4) * 0.35;
    const received = expectedCalibrationError(binary([0.95, 0.95, 0.95, 0.65]), [0, 0, 1, 0], 10);
    expect(received).toBeCloseTo(expected, 12);
  });

  it('is 0 for sure and right answers, 1 for sure and wrong ones', () => {
    expect(expectedCalibrationError(binary([1, 1, 0]), [0, 0, 1])).toBe(0);
    expect(expectedCalibrationError(binary([1, 1, 0]), [1, 1, 0])).toBe(1);
  });

  it('lets gaps cancel within a bin, not between bins', () => {
    const probabilities = binary([0.75, 0.75, 0.75, 0.75]);
    expect(expectedCalibrationError(probabilities, [0, 0, 0, 1])).toBe(0);
    expect(expectedCalibrationError(binary([0.6, 0.9]), [0, 1], 1)).toBeCloseTo(0.25, 12);
    expect(expectedCalibrationError(binary([0.6, 0.9]), [0, 1], 10)).toBeCloseTo(0.65, 12);
  });

  it('counts a confidence on an edge to the bin below it', () => {
    // Bins (0, 0.25], (0.25, 0.5], (0.5, 0.75], (0.75, 1].
    const gap = (confidences: number[], labels: number[]) =>
      expectedCalibrationError(binary(confidences), labels, 4);
    // 0.75, wrong, and 0.625, right, are one bin: |1 − 0.75 − 0.625| / 2.
    expect(gap([0.75, 0.625], [1, 0])).toBeCloseTo(0.375 / 2, 12);
    // 0.75, wrong, and 0.875, right, are two: (0.75 + 0.125) / 2.
    expect(gap([0.75, 0.875], [1, 0])).toBeCloseTo(0.875 / 2, 12);
    // 0.5, wrong, and 0.75, right, too: (0.5 + 0.25) / 2; and 1 is in the last, with 0.875.
    expect(gap([0.5, 0.75], [1, 0])).toBeCloseTo(0.75 / 2, 12);
    expect(gap([1, 0.875], [1, 0])).toBeCloseTo(0.875 / 2, 12);
  });

  it('has 15 bins unless told', () => {
    const [confidences, labels] = [
      [0.61, 0.66, 0.68, 0.99],
      [0, 1, 0, 1],
    ];
    expect(expectedCalibrationError(binary(confidences), labels)).toBe(
      expectedCalibrationError(binary(confidences), labels, 15),
    );
    // 0.61, 0.66 share (9/15, 10/15]; 0.68 has (10/15, 11/15].
    expect(expectedCalibrationError(binary(confidences), labels)).toBeCloseTo((0.27 + 0.32 + 0.99) / 4, 12);
  });

  it('comes close to 0 for labels drawn from the probabilities', () => {
    const stream = randomStream(1);
    const confidences = Array.from({ length: 20_000 }, () => 0.5 + stream.uniform() / 2);
    const labels = confidences.map((confidence) => (stream.uniform() < confidence ? 0 : 1));
    expect(expectedCalibrationError(binary(confidences), labels)).toBeLessThan(0.02);
  });

  it('leaves unlabelled examples out', () => {
    expect(expectedCalibrationError(binary([1, 0.5]), [0, -1])).toBe(0);
  });

  it('names what is wrong with its input', () => {
    const error = expectedCalibrationError;
    expect(() => error(binary([1]), [0, 1])).toThrow(ShapeMismatchError);
    expect(() => error(binary([1]), [2])).toThrow(LabelOutOfRangeError);
    expect(() => error(binary([1]), [-1])).toThrow(InvalidOptionError);
    expect(() => error(binary([1]), [0], 0)).toThrow(/bins/);
    expect(() => error({ rows: 1, columns: 2, data: Float32Array.of(3, -1) }, [0])).toThrow(/softmax/);
  });

  it('checks every probability, not the largest alone', () => {
    const error = expectedCalibrationError;
    const rows = (...data: number[]) => ({
      rows: data.length / 3,
      columns: 3,
      data: Float64Array.from(data),
    });
    expect(() => error(rows(0.9, -0.2, 0.3), [0])).toThrow(
      /probabilities\[0, 1\] must be between 0 and 1.*-0\.2/,
    );
    expect(() => error(rows(0.2, 0.3, 0.5, 0.6, 1.2, -0.8), [0, 1])).toThrow(/probabilities\[1, 1\]/);
    expect(() => error(rows(0.5, 0.4, 0.4), [0])).toThrow(
      /sum of probabilities\[0\] must be equal to 1.*1\.3/,
    );
    expect(() => error(rows(0.6, Number.NaN, 0.4), [0])).toThrow(
      /probabilities\[0, 1\] must be a finite number/,
    );
    // An example without a label, too: its row shows that these are logits.
    expect(() => error(rows(0.2, 0.3, 0.5, 0.6, 0.1, 0.1), [0, -1])).toThrow(/softmax/);
    expect(() => error(rows(0.2, 0.3, 0.5), [0.5])).toThrow(LabelOutOfRangeError);
    // Rounding of 16-bit numbers is none.
    expect(error(rows(0.7998, 0.1, 0.1), [0])).toBeCloseTo(0.2002, 12);
  });
});
