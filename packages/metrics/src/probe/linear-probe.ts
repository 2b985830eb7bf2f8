import {
  argmaxRows,
  checkFinite,
  checkMatrix,
  type FeatureMatrix,
  learnPreparation,
  numberAt,
  prepare,
  selectRows,
} from '@factornet/core/samples';
import { InvalidOptionError, MISSING_LABEL, ShapeMismatchError } from '@factornet/spec';
import { countClasses } from '../accuracy';
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

/** A linear classifier to be trained. */
export interface LinearProbe {
  /**
   * Trains on `[examples, features]`; rows labelled −1 are left out. A class that no row has is never
   * predicted.
   *
   * @throws ShapeMismatchError, LabelOutOfRangeError
   * @throws InvalidOptionError if fewer than two rows are labelled, a feature is not finite, or the penalty
   * is too small for features that depend on each other
   */
  fit(features: FeatureMatrix, labels: ArrayLike<number>, classes: number): FittedProbe;
}

export interface FittedProbe {
  /** Class scores `[examples, classes]`; each row sums to 1, but they are no probabilities. */
  score(features: FeatureMatrix): FeatureMatrix;
  /** The class with the largest score per row. */
  predict(features: FeatureMatrix): Int32Array;
}

/**
 * A ridge-regression classifier on one-hot classes, in closed form (Cholesky, Float64): no seed, no
 * iterations, equal inputs give equal numbers. Constant features are dropped; means and standard deviations
 * come from the training rows.
 *
 * @example
 * const probe = linearProbe().fit(trainFeatures, trainLabels, 4);
 * accuracy(probe.predict(testFeatures), testLabels);
 */
export function linearProbe({ penalty = 1e-3, standardise = true }: LinearProbeOptions = {}): LinearProbe {
  if (!(penalty >= 0 && Number.isFinite(penalty))) {
    throw new InvalidOptionError({ option: 'penalty', expected: 'a number from 0', received: penalty });
  }
  return {
    fit(features, labels, classes) {
      checkMatrix('features', features, labels);
      checkFinite('features', features);
      const counts = countClasses(labels, classes);
      const labelled = Int32Array.from(labels, (_, row) => row).filter(
        (row) => labels[row] !== MISSING_LABEL,
      );
      if (labelled.length < 2) {
        throw new InvalidOptionError({
          option: 'labels',
          expected: 'a class for two examples at least',
          received: labelled.length,
        });
      }
      const known = selectRows(features, labelled);
      const preparation = learnPreparation(known, standardise);
      const targets = labelled.map((row) => labels[row] as number);
      const weights = solveRidge(prepare(known, preparation), targets, classes, penalty);
      const bias = Float64Array.from(counts, (count) => count / labelled.length);
      const score = (examples: FeatureMatrix) => {
        checkMatrix('features', examples);
        checkFinite('features', examples);
        if (examples.columns !== features.columns) {
          throw new ShapeMismatchError({
            what: 'features',
            expected: [null, features.columns],
            received: [examples.rows, examples.columns],
          });
        }
        return scoreRows(prepare(examples, preparation), weights, bias);
      };
      return { score, predict: (examples) => argmaxRows(score(examples)) };
    },
  };
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
