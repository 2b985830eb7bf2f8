import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { LabelOutOfRangeError } from '@factornet/spec/training';
import { describe, expect, it } from 'vitest';
import { fitTemperature } from './fit-temperature';

/** Logits `[rows, 4]`, and a label of each drawn from `softmax(logits / temperature)`. */
function drawn(rows: number, temperature: number): { logits: FeatureMatrix; labels: Int32Array } {
  const stream = randomStream(3, 'temperature');
  const data = Float64Array.from({ length: 4 * rows }, () => 4 * stream.normal());
  const labels = Int32Array.from({ length: rows }, (_, row) => {
    const exponentials = [0, 1, 2, 3].map((column) =>
      Math.exp((data[4 * row + column] as number) / temperature),
    );
    let left = stream.uniform() * exponentials.reduce((sum, value) => sum + value, 0);
    const found = exponentials.findIndex((value) => {
      left -= value;
      return left < 0;
    });
    return found < 0 ? 3 : found;
  });
  return { logits: { rows, columns: 4, data }, labels };
}

/** Two classes whose logits differ by `gap`, right for `right` of `rows`. */
function twoClasses(rows: number, right: number, gap: number) {
  const logits = featureMatrix(Array.from({ length: rows }, () => [gap, 0]));
  return [logits, Array.from({ length: rows }, (_, row) => (row < right ? 0 : 1))] as const;
}

describe('fitTemperature', () => {
  it.each([0.4, 1, 2.5])('finds the temperature that labels were drawn at: %d', (temperature) => {
    const { logits, labels } = drawn(2000, temperature);
    // Four deviations of the estimate, which is within 2 % at each of these.
    expect(Math.abs(Math.log(fitTemperature(logits, labels) / temperature))).toBeLessThan(0.08);
    const half = { ...logits, data: logits.data.map((value) => value / 2) };
    expect(fitTemperature(half, labels)).toBeCloseTo(fitTemperature(logits, labels) / 2, 2);
  });

  it('makes a share of right answers out of logits that differ by one gap, where there are many', () => {
    // σ(gap / T) = 0.8, so T = gap / log 4, but for the prior's weight of one example in ten thousand.
    expect(fitTemperature(...twoClasses(10_000, 8000, 5))).toBeCloseTo(5 / Math.log(4), 2);
    expect(fitTemperature(...twoClasses(10_000, 8000, Math.log(4)))).toBeCloseTo(1, 9);
  });

  it('stays at a finite temperature without a wrong answer, and with nothing but wrong ones', () => {
    const stationary = (right: number) => {
      const beta = 1 / fitTemperature(...twoClasses(10, right, 2));
      const sure = 1 / (1 + Math.exp(-2 * beta));
      return 10 * 2 * (sure - right / 10) + 1 - 1 / beta;
    };
    for (const right of [10, 9, 5, 0]) expect(stationary(right)).toBeCloseTo(0, 7);
    expect(fitTemperature(...twoClasses(10, 10, 2))).toBeLessThan(1);
    expect(fitTemperature(...twoClasses(10, 10, 2))).toBeGreaterThan(0.2);
    expect(fitTemperature(...twoClasses(10, 0, 2))).toBeGreaterThan(5);
    expect(fitTemperature(...twoClasses(4, 2, 1e6))).toBeGreaterThan(1e5);
    expect(fitTemperature(...twoClasses(4, 4, 0))).toBeCloseTo(1, 9);
  });

  it('takes distributions for labels, and weighs each as its row sums to', () => {
    const logits = featureMatrix([
      [3, 0],
      [5, 0],
    ]);
    const [one, two] = [
      fitTemperature(
        logits,
        featureMatrix([
          [30, 10],
          [0, 0],
        ]),
      ),
      fitTemperature(featureMatrix(Array.from({ length: 40 }, () => [3, 0])), [
        ...Array(30).fill(0),
        ...Array(10).fill(1),
      ]),
    ];
    expect(one).toBeCloseTo(two, 9);
  });

  it('leaves out what has no label', () => {
    const { logits, labels } = drawn(200, 2);
    const more = { ...logits, rows: 201, data: Float64Array.of(...logits.data, 9, 1, 0, 0) };
    expect(fitTemperature(more, [...labels, -1])).toBe(fitTemperature(logits, labels));
  });

  it('names what is wrong', () => {
    const logits = featureMatrix([[1, 2]]);
    expect(() => fitTemperature(logits, [0, 1])).toThrow(ShapeMismatchError);
    expect(() => fitTemperature(logits, [2])).toThrow(LabelOutOfRangeError);
    expect(() => fitTemperature(logits, [-1])).toThrow(InvalidOptionError);
    expect(() => fitTemperature(featureMatrix([[1, Number.NaN]]), [0])).toThrow(/logits\[0, 1\]/);
    expect(() => fitTemperature(logits, featureMatrix([[1, 2, 3]]))).toThrow(ShapeMismatchError);
    expect(() => fitTemperature(logits, featureMatrix([[1, -0.5]]))).toThrow(/targets\[0, 1\]/);
  });
});
