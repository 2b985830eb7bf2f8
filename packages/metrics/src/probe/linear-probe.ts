import { type FeatureMatrix, learnPreparation, numberAt, prepare, selectRows } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import { countClasses } from '../accuracy';
import { labelledRows, type Probe, probeOf } from './probe';
import { solveRidge } from './ridge';

export interface LinearProbeOptions {
  /** λ of `‖Y − XW‖² / n + λ‖W‖²`; the bias is free. Default 1e-3. */
  penalty?: number;
  /**
   * Whether features are divided by their standard deviation first. Default true: then the penalty treats
   * tiny directions like large ones, which makes the probe a stronger adversary, fit for leakage. With
   * false, what hides at a small scale costs large weights and is mostly missed.
   */
  standardise?: boolean;
}

/**
 * A ridge-regression classifier on one-hot classes, in closed form (Cholesky, Float64): no seed, no
 * iterations, equal inputs give equal numbers. Constant features are dropped; means and standard deviations
 * come from the training rows. Its `fit` refuses a penalty too small for features that depend on each other.
 *
 * @example
 * const probe = linearProbe().fit(trainFeatures, trainLabels, 4);
 * accuracy(probe.predict(testFeatures), testLabels);
 */
export function linearProbe({ penalty = 1e-3, standardise = true }: LinearProbeOptions = {}): Probe {
  if (!(penalty >= 0 && Number.isFinite(penalty))) {
    throw new InvalidOptionError({ option: 'penalty', expected: 'a number from 0', received: penalty });
  }
  return probeOf('linear', (features, targets) => {
    const scores = targets.map(({ labels, classes }) => {
      const labelled = labelledRows(labels);
      const known = selectRows(features, labelled);
      const preparation = learnPreparation(known, standardise);
      const own = labelled.map((row) => labels[row] as number);
      const weights = solveRidge(prepare(known, preparation), own, classes, penalty);
      const bias = Float64Array.from(countClasses(own, classes), (count) => count / labelled.length);
      return (examples: FeatureMatrix) => scoreRows(prepare(examples, preparation), weights, bias);
    });
    return (examples) => scores.map((score) => score(examples));
  });
}

function scoreRows(features: FeatureMatrix, weights: Float64Array, bias: Float64Array): FeatureMatrix {
  const { rows, columns: size, data } = features;
  const classes = bias.length;
  const scores = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    scores.set(bias, row * classes);
    for (let feature = 0; feature < size; feature++) {
      const value = data[row * size + feature] as number;
      for (let label = 0; label < classes; label++) {
        const at = row * classes + label;
        scores[at] = numberAt(scores, at) + value * numberAt(weights, feature * classes + label);
      }
    }
  }
  return { rows, columns: classes, data: scores };
}
