import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { expectCloseArrays } from '@factornet/core/testing';
import { CancelledError, InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { LabelOutOfRangeError } from '@factornet/spec/training';
import { describe, expect, it } from 'vitest';
import { accuracy } from '../accuracy';
import { digitise, waveSamples } from '../testing/wave-samples';
import { crossEntropy } from './cross-entropy';
import { fitLogistic } from './fit-logistic';
import { macroRocAuc } from './roc-auc';

/** Features on scales that differ, one of them far from 0. */
function scaled(rows: number, phase: number): { features: FeatureMatrix; signal: Float64Array } {
  const { features, signal } = waveSamples(rows, phase);
  const data = features.data.map(
    (value, at) => value * ([1, 5, 0.1, 1][at % 4] ?? 1) + (at % 4 === 3 ? 10 : 0),
  );
  return { features: { ...features, data }, signal };
}

// LogisticRegression(solver="newton-cholesky", tol=1e-12), log_loss and roc_auc_score of scikit-learn 1.9.1. Its default
// solver stops a little earlier, at 1e-5 of these coefficients.
describe('fitLogistic beside scikit-learn', () => {
  it('finds the same minimum for three classes', async () => {
    const train = scaled(60, 0);
    const test = scaled(40, 0.25);
    const cuts = [-0.6, 0.5];
    const fitted = await fitLogistic(train.features, digitise(train.signal, cuts), 3, { tolerance: 1e-9 });
    expect(fitted.converged).toBe(true);
    expectCloseArrays(
      fitted.coefficients.data,
      [
        -2.103175747370542, -0.06351771112216731, 0.14597433625630885, -0.7264891410466141,
        -0.020898832953546675, 0.06852178799725801, -0.20303830692097768, 0.13728287172433895,
        2.1240745803240877, -0.005004076875090526, 0.05706397066466905, 0.5892062693222793,
      ],
      { absolute: 1e-7, relative: 1e-6 },
    );
    expectCloseArrays(fitted.intercepts, [7.330127878315522, -1.2046910944445255, -6.125436783870998], {
      absolute: 1e-6,
    });
    const probabilities = fitted.probabilities(test.features);
    const labels = digitise(test.signal, cuts);
    expect(accuracy(fitted.predict(test.features), labels)).toBe(29 / 40);
    expect(crossEntropy(probabilities, labels)).toBeCloseTo(0.5669117084232136, 8);
    expect(macroRocAuc(probabilities, labels).value).toBeCloseTo(0.9154605463980464, 12);
  });

  it('finds the same minimum for two classes, whose coefficients are a difference', async () => {
    const train = scaled(60, 0);
    const test = scaled(40, 0.25);
    const fitted = await fitLogistic(train.features, digitise(train.signal, [0.1]), 2, { tolerance: 1e-9 });
    const [first, second] = [fitted.coefficients.data.subarray(0, 4), fitted.coefficients.data.subarray(4)];
    expectCloseArrays(
      second.map((value, column) => value - (first[column] as number)),
      [2.7942941844810694, -0.055556562098312244, -0.1611286367540576, 0.8916644931920189],
      { absolute: 1e-7, relative: 1e-6 },
    );
    const probabilities = fitted.probabilities(test.features);
    const labels = digitise(test.signal, [0.1]);
    expect(accuracy(fitted.predict(test.features), labels)).toBe(37 / 40);
    expect(crossEntropy(probabilities, labels)).toBeCloseTo(0.255433980214835, 8);
    expect(macroRocAuc(probabilities, labels).value).toBeCloseTo(0.9772727272727273, 12);
  });
});

describe('fitLogistic', () => {
  it('gives shares where features tell nothing, and a class that is missing the probability 0', async () => {
    const features = featureMatrix([[7], [7], [7], [7], [7]]);
    const fitted = await fitLogistic(features, [0, 0, 0, 2, -1], 3);
    expectCloseArrays(fitted.probabilities(featureMatrix([[7]])).data, [0.75, 0, 0.25], { absolute: 1e-5 });
    expect(crossEntropy(fitted.probabilities(features), [0, 0, 0, 2, -1])).toBeCloseTo(
      0.75 * Math.log(4 / 3) + 0.25 * Math.log(4),
      8,
    );
    expect(crossEntropy(fitted.probabilities(features), [1, 0, 0, 0, 0])).toBe(Number.POSITIVE_INFINITY);
    const only = await fitLogistic(features, [1, 1, 1, 1, 1], 3);
    expect([...only.probabilities(featureMatrix([[0]])).data]).toEqual([0, 1, 0]);
  });

  it('does not depend on the scale of features but through the penalty', async () => {
    const { features, signal } = waveSamples(200, 0);
    const labels = digitise(signal, [0]);
    const large = { ...features, data: features.data.map((value) => 1e6 * value) };
    const plain = await fitLogistic(features, labels, 2, { penalty: 1e-12 });
    const fitted = await fitLogistic(large, labels, 2, { penalty: 1 });
    expect(fitted.converged).toBe(true);
    expectCloseArrays(fitted.probabilities(large).data, plain.probabilities(features).data, {
      absolute: 1e-4,
    });
  });

  it('names what is wrong and stops when asked to', async () => {
    const features = featureMatrix([[0], [1]]);
    await expect(fitLogistic(features, [0], 2)).rejects.toThrow(ShapeMismatchError);
    await expect(fitLogistic(features, [0, 2], 2)).rejects.toThrow(LabelOutOfRangeError);
    await expect(fitLogistic(features, [-1, -1], 2)).rejects.toThrow(InvalidOptionError);
    await expect(fitLogistic(features, [0, 1], 2, { penalty: 0 })).rejects.toThrow(/penalty/);
    await expect(fitLogistic(featureMatrix([[Number.NaN]]), [0], 2)).rejects.toThrow(InvalidOptionError);
    const signal = AbortSignal.abort();
    await expect(fitLogistic(features, [0, 1], 2, { signal })).rejects.toThrow(CancelledError);
    const fitted = await fitLogistic(features, [0, 1], 2);
    expect(() => fitted.probabilities(featureMatrix([[1, 2]]))).toThrow(ShapeMismatchError);
  });
});
