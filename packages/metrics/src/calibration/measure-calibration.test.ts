import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { describe, expect, it } from 'vitest';
import { expectedCalibrationError } from './expected-calibration-error';
import { measureCalibration } from './measure-calibration';
import { reliabilityDiagram } from './reliability-diagram';

/** Two-class probabilities, and labels that are class 0 as often as `truth` says of its probability. */
function drawn(size: number, seed: number, truth = (probability: number) => probability) {
  const stream = randomStream(seed, 'drawn');
  const confidences = Array.from({ length: size }, () => 0.5 + stream.uniform() / 2);
  const labels = confidences.map((confidence) => (stream.uniform() < truth(confidence) ? 0 : 1));
  const probabilities: FeatureMatrix = featureMatrix(confidences.map((p) => [p, 1 - p]));
  return { probabilities, labels };
}

describe('reliabilityDiagram', () => {
  it('has the mean confidence, the accuracy and the number of each bin, the least confident first', () => {
    const probabilities = featureMatrix([
      [0.9, 0.1],
      [0.2, 0.8],
      [0.4, 0.6],
      [0.95, 0.05],
    ]);
    expect(reliabilityDiagram(probabilities, [0, 0, 1, -1], 4)).toEqual([
      { confidence: 0.125, accuracy: 0, count: 0 },
      { confidence: 0.375, accuracy: 0, count: 0 },
      { confidence: 0.6, accuracy: 1, count: 1 },
      { confidence: expect.closeTo(0.85, 12), accuracy: 0.5, count: 2 },
    ]);
  });
});

describe('measureCalibration', () => {
  it('gives no more than chance of answers that are right as often as they say', () => {
    const { probabilities, labels } = drawn(2000, 1);
    const { error, standardError, ofPerfect } = measureCalibration(probabilities, labels);
    // Seven or eight bins of n/7.5 answers: E|gap| = √(2/π · c(1 − c) / n_b), weighed by n_b / n.
    const closed = [...Array(150).keys()].reduce((sum, step) => {
      const confidence = 0.5 + (step + 0.5) / 300;
      return sum + Math.sqrt(((2 / Math.PI) * confidence * (1 - confidence) * 7.5) / 2000) / 150;
    }, 0);
    expect(ofPerfect).toBeCloseTo(closed, 2);
    expect(Math.abs(ofPerfect / closed - 1)).toBeLessThan(0.1);
    expect(Math.abs(error - ofPerfect)).toBeLessThan(3 * standardError);
  });

  it('has the error that is known, with the deviation that is seen over samples', () => {
    // Right half as often above chance as it says: the gap of each bin is (c − ½) / 2, on average an eighth.
    const truth = (probability: number) => 0.5 + (probability - 0.5) / 2;
    const all = Array.from({ length: 16 }, (_, seed) => {
      const { probabilities, labels } = drawn(800, seed, truth);
      return measureCalibration(probabilities, labels, { seed, draws: 40 });
    });
    const errors = all.map(({ error }) => error);
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / 15);
    expect(Math.abs(mean - 0.125)).toBeLessThan(0.015);
    const claimed = all.reduce((sum, { standardError }) => sum + standardError, 0) / all.length;
    expect(claimed / deviation).toBeGreaterThan(0.6);
    expect(claimed / deviation).toBeLessThan(1.7);
    for (const { error, standardError, ofPerfect } of all)
      expect(error - 4 * standardError).toBeGreaterThan(ofPerfect);
  });

  it('has the error and the bins that are told one by one, and is the same again by its seed', () => {
    const { probabilities, labels } = drawn(300, 2);
    const measured = measureCalibration(probabilities, labels, { bins: 10, seed: 4 });
    expect(measured.error).toBeCloseTo(expectedCalibrationError(probabilities, labels, 10), 12);
    expect(measured.bins).toEqual(reliabilityDiagram(probabilities, labels, 10));
    expect(measureCalibration(probabilities, labels, { bins: 10, seed: 4 })).toEqual(measured);
    const other = measureCalibration(probabilities, labels, { bins: 10, seed: 5 });
    expect(other.standardError).not.toBe(measured.standardError);
  });

  it('names what is wrong', () => {
    const { probabilities, labels } = drawn(10, 1);
    expect(() => measureCalibration(probabilities, labels, { draws: 1 })).toThrow(/draws/);
    expect(() => measureCalibration(probabilities, labels, { bins: 0 })).toThrow(/bins/);
  });
});
