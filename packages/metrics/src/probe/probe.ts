import { argmaxRows, checkFinite, checkMatrix, type FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, MISSING_LABEL, ShapeMismatchError } from '@factornet/spec';
import { countClasses } from '../accuracy';

/** Labels to read from features: a class index per example, −1 where there is none. */
export interface ProbeTarget {
  readonly labels: ArrayLike<number>;
  readonly classes: number;
}

/** A classifier to be trained on features, to find what they tell: a plug-in, such as `linearProbe()` and `kernelProbe()`. */
export interface Probe {
  /** By which what it found is called in reports and manifests: lower-case words joined by hyphens. */
  readonly name: string;
  /**
   * Trains on `[examples, features]`; rows labelled −1 are left out. A class that no row has is never
   * predicted.
   *
   * @throws ShapeMismatchError, LabelOutOfRangeError
   * @throws InvalidOptionError if fewer than two rows are labelled, or a feature is not finite
   */
  fit(features: FeatureMatrix, labels: ArrayLike<number>, classes: number): FittedProbe;
  /** The same for several targets, whose work on the features is done once. */
  fitEach(features: FeatureMatrix, targets: readonly ProbeTarget[]): FittedProbes;
}

export interface FittedProbe {
  /** Class scores `[examples, classes]`; each row sums to 1, but they are no probabilities. */
  score(features: FeatureMatrix): FeatureMatrix;
  /** The class with the largest score per row. */
  predict(features: FeatureMatrix): Int32Array;
}

/** One classifier per target. */
export interface FittedProbes {
  /** Class scores `[examples, classes]` per target. */
  score(features: FeatureMatrix): FeatureMatrix[];
  predict(features: FeatureMatrix): Int32Array[];
}

/** A probe from how it trains on checked features and targets. */
export function probeOf(
  name: string,
  train: (
    features: FeatureMatrix,
    targets: readonly ProbeTarget[],
  ) => (features: FeatureMatrix) => FeatureMatrix[],
): Probe {
  const fitEach = (features: FeatureMatrix, targets: readonly ProbeTarget[]): FittedProbes => {
    checkFinite('features', features);
    for (const { labels, classes } of targets) checkTarget(features, labels, classes);
    const scoreChecked = train(features, targets);
    const score = (examples: FeatureMatrix) => {
      checkExamples(examples, features.columns);
      return scoreChecked(examples);
    };
    return { score, predict: (examples) => score(examples).map(argmaxRows) };
  };
  return {
    name,
    fitEach,
    fit(features, labels, classes) {
      const { score, predict } = fitEach(features, [{ labels, classes }]);
      return {
        score: (examples) => score(examples)[0] as FeatureMatrix,
        predict: (examples) => predict(examples)[0] as Int32Array,
      };
    },
  };
}

/** Positions of the examples that have a label. */
export function labelledRows(labels: ArrayLike<number>): Int32Array {
  return Int32Array.from(labels, (_, row) => row).filter((row) => labels[row] !== MISSING_LABEL);
}

function checkTarget(features: FeatureMatrix, labels: ArrayLike<number>, classes: number): void {
  checkMatrix('features', features, labels);
  const labelled = countClasses(labels, classes).reduce((sum, count) => sum + count, 0);
  if (labelled >= 2) return;
  throw new InvalidOptionError({
    option: 'labels',
    expected: 'a class for two examples at least',
    received: labelled,
  });
}

function checkExamples(examples: FeatureMatrix, columns: number): void {
  checkMatrix('features', examples);
  checkFinite('features', examples);
  if (examples.columns === columns) return;
  throw new ShapeMismatchError({
    what: 'features',
    expected: [null, columns],
    received: [examples.rows, examples.columns],
  });
}
