import { featureMatrix } from '@factornet/core/samples';
import { expectCloseArrays } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { CancelledError, InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { digitise, waveSamples } from '../testing/wave-samples';
import { fitGradientBoosting } from './gradient-boosting';

function rightOf(predicted: Int32Array, labels: Int32Array): number {
  return predicted.filter((label, row) => label === labels[row]).length;
}

// GradientBoostingClassifier of scikit-learn 1.9.1, where its result does not depend on the random state: no ties.
describe('fitGradientBoosting beside scikit-learn', () => {
  it('grows the same trees for three classes', async () => {
    const cuts = [-0.6, 0.5];
    const train = waveSamples(800, 0);
    const test = waveSamples(200, 0.25);
    const labels = digitise(train.signal, cuts);
    const fitted = await fitGradientBoosting({ features: train.features, labels, stages: 10, seed: 0 });
    const expected = [0.9224499465107903, 0.03667884955812188, 0.03219918503154638, 0.00867201889954141];
    expectCloseArrays(fitted.importances, expected, { absolute: 1e-9, relative: 0 });
    expect(rightOf(fitted.predict(train.features), labels)).toBe(600);
    const predicted = fitted.predict(test.features);
    expect(rightOf(predicted, digitise(test.signal, cuts))).toBe(145);
    expect([...predicted.subarray(0, 40)].join('')).toBe('1200220021012002200210121021002201210220');
  });

  it('grows the same trees for two classes, in 100 stages', async () => {
    const train = waveSamples(400, 0);
    const test = waveSamples(200, 0.25);
    const labels = digitise(train.signal, [0.1]);
    const fitted = await fitGradientBoosting({ features: train.features, labels, depth: 2, seed: 0 });
    const expected = [0.8727950503119788, 0.0938958668527931, 0.017179438401088248, 0.016129644434139775];
    expectCloseArrays(fitted.importances, expected, { absolute: 1e-9, relative: 0 });
    expect(rightOf(fitted.predict(train.features), labels)).toBe(384);
    expect(rightOf(fitted.predict(test.features), digitise(test.signal, [0.1]))).toBe(177);
  });
});

describe('fitGradientBoosting', () => {
  it('grows the same trees from few values as from many: both ways of looking for splits', async () => {
    const stream = randomStream(3);
    const rows = Array.from({ length: 400 }, () => [stream.integer(40), stream.integer(40)]);
    const labels = rows.map(([a = 0, b = 0]) => (a + 2 * b > 60 ? 1 : 0));
    const discrete = await fitGradientBoosting({
      features: featureMatrix(rows),
      labels,
      stages: 20,
      seed: 0,
    });
    // Nudged apart, values cannot be told apart by level any more, but no split goes between the nudges.
    const nudged = featureMatrix(rows.map((row) => row.map((value) => value + 1e-9 * stream.uniform())));
    const sorted = await fitGradientBoosting({ features: nudged, labels, stages: 2, seed: 0 });
    const short = await fitGradientBoosting({ features: featureMatrix(rows), labels, stages: 2, seed: 0 });
    expectCloseArrays(sorted.importances, short.importances, { absolute: 1e-6 });
    expect(rightOf(discrete.predict(featureMatrix(rows)), Int32Array.from(labels))).toBeGreaterThan(390);
  });

  it('shares importance among equal features at random, by the seed', async () => {
    const { features, signal } = waveSamples(300, 0);
    const twice = featureMatrix(
      Array.from({ length: 300 }, (_, row) => {
        const value = Math.round(4 * (features.data[4 * row] as number));
        return [value, -3 * value, 0];
      }),
    );
    const request = { features: twice, labels: digitise(signal, [-0.6, 0.5]), stages: 40 };
    const first = await fitGradientBoosting({ ...request, seed: 1 });
    const again = await fitGradientBoosting({ ...request, seed: 1 });
    const other = await fitGradientBoosting({ ...request, seed: 2 });
    expect(first.importances[2]).toBe(0);
    expect(first.importances[0]).toBeGreaterThan(0.2);
    expect(first.importances[1]).toBeGreaterThan(0.2);
    expect([...again.importances]).toEqual([...first.importances]);
    expect([...other.importances]).not.toEqual([...first.importances]);
  });

  it('predicts the most frequent label from features that never change', async () => {
    const features = featureMatrix([[1], [1], [1], [1]]);
    const fitted = await fitGradientBoosting({ features, labels: [7, 7, 9, 4], stages: 3, seed: 0 });
    expect([...fitted.importances]).toEqual([0]);
    expect([...fitted.predict(features)]).toEqual([7, 7, 7, 7]);
  });

  it('tells of each stage, and stops when asked to', async () => {
    const { features, signal } = waveSamples(100, 0);
    const labels = digitise(signal, [0]);
    const controller = new AbortController();
    let stages = 0;
    const onStage = () => {
      if (++stages === 5) controller.abort();
    };
    const fitting = fitGradientBoosting({ features, labels, seed: 0, onStage, signal: controller.signal });
    await expect(fitting).rejects.toThrow(CancelledError);
    expect(stages).toBe(5);
  });

  it('names what is wrong', async () => {
    const features = featureMatrix([[0], [1]]);
    await expect(fitGradientBoosting({ features, labels: [3, 3], seed: 0 })).rejects.toThrow(/two classes/);
    await expect(fitGradientBoosting({ features, labels: [3], seed: 0 })).rejects.toThrow(ShapeMismatchError);
    const broken = featureMatrix([[0], [Number.NaN]]);
    await expect(fitGradientBoosting({ features: broken, labels: [0, 1], seed: 0 })).rejects.toThrow(
      InvalidOptionError,
    );
    const fitted = await fitGradientBoosting({ features, labels: [0, 1], stages: 1, seed: 0 });
    expect(() => fitted.predict(featureMatrix([[1, 2]]))).toThrow(ShapeMismatchError);
  });
});
