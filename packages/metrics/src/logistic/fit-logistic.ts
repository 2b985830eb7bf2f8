import {
  argmaxRows,
  checkFinite,
  checkMatrix,
  type FeatureMatrix,
  selectRows,
} from '@factornet/core/samples';
import { InvalidOptionError, MISSING_LABEL, ShapeMismatchError } from '@factornet/spec';
import { countClasses } from '../accuracy';
import { logisticLoss } from './logistic-loss';
import { minimise } from './minimise';
import { softmaxRows } from './softmax-rows';

const numberAt = (values: Float64Array, index: number) => values[index] as number;

export interface LogisticOptions {
  /** λ of `Σ_i −log p(y_i | x_i) + λ/2 · ‖W‖²`, above 0; scikit-learn's `1 / C`. Intercepts are free. Default 1. */
  readonly penalty?: number;
  /** Largest component of the gradient, of the mean loss by scaled coefficients, at the end. Default 1e-6. */
  readonly tolerance?: number;
  /** Default 1,000. */
  readonly iterations?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface FittedLogistic {
  /** `[classes, features]`; rows of classes that no example has are 0. With two classes, rows are opposite. */
  readonly coefficients: FeatureMatrix;
  /** One per class; −∞ for a class that no example has. */
  readonly intercepts: Float64Array;
  readonly converged: boolean;
  readonly iterations: number;
  /** Class probabilities `[examples, classes]`; 0 for a class that was not seen. */
  probabilities(features: FeatureMatrix): FeatureMatrix;
  /** The most probable class per row. */
  predict(features: FeatureMatrix): Int32Array;
}

/**
 * Multinomial logistic regression with an L2 penalty, `min_W,b Σ_i −log softmax(W x_i + b)[y_i] + λ/2 · ‖W‖²`, by L-BFGS in
 * double precision. The minimum is that of scikit-learn's `LogisticRegression()`: for two classes that is the binomial
 * model, whose penalty is on the difference of the two rows. Rows labelled −1 are left out.
 *
 * Features are shifted and scaled within, for speed; the penalty stays on coefficients of features as they are.
 *
 * @param features `[examples, features]`
 * @param labels one per row, 0 … classes − 1
 * @throws ShapeMismatchError, LabelOutOfRangeError
 * @throws InvalidOptionError without a labelled row, for features that are not finite or a penalty not above 0
 * @throws CancelledError on `signal`
 */
export async function fitLogistic(
  features: FeatureMatrix,
  labels: ArrayLike<number>,
  classes: number,
  { penalty = 1, tolerance = 1e-6, iterations = 1000, signal }: LogisticOptions = {},
): Promise<FittedLogistic> {
  checkMatrix('features', features, labels);
  checkFinite('features', features);
  if (!(penalty > 0 && Number.isFinite(penalty))) {
    throw new InvalidOptionError({ option: 'penalty', expected: 'a number above 0', received: penalty });
  }
  const counts = countClasses(labels, classes);
  const seen = Int32Array.from(counts.keys()).filter((label) => counts[label] !== 0);
  const rows = Int32Array.from({ length: features.rows }, (_, row) => row).filter(
    (row) => labels[row] !== MISSING_LABEL,
  );
  if (rows.length === 0) {
    throw new InvalidOptionError({ option: 'labels', expected: 'not all missing', received: 'none' });
  }
  const known = selectRows(features, rows);
  const targets = rows.map((row) => seen.indexOf(labels[row] as number));
  // Opposite rows ±w/2 have the squared norm ‖w‖²/2.
  const strength = ((seen.length === 2 ? 2 : 1) * penalty) / rows.length;
  const { mean, scale } = conditioning(known, strength);
  const conditioned = condition(known, mean, scale);
  const loss = logisticLoss(
    conditioned,
    targets,
    seen.length,
    scale.map((value) => strength * value * value),
  );
  const start = new Float64Array((features.columns + 1) * seen.length);
  const minimum = await minimise(loss, start, { tolerance, iterations, signal });
  const { coefficients, intercepts } = unscale(minimum.point, { mean, scale, seen, classes });
  const probabilities = (examples: FeatureMatrix) => {
    checkMatrix('features', examples);
    checkFinite('features', examples);
    if (examples.columns !== features.columns) {
      const received = [examples.rows, examples.columns];
      throw new ShapeMismatchError({ what: 'features', expected: [null, features.columns], received });
    }
    return softmaxRows(examples, coefficients, intercepts);
  };
  return {
    coefficients,
    intercepts,
    converged: minimum.converged,
    iterations: minimum.iterations,
    probabilities,
    predict: (examples) => argmaxRows(probabilities(examples)),
  };
}

/** A shift and a scale per feature after which the loss curves about alike in all directions. */
function conditioning({ rows, columns, data }: FeatureMatrix, strength: number) {
  const mean = new Float64Array(columns);
  const square = new Float64Array(columns);
  for (let index = 0; index < data.length; index++) {
    const column = index % columns;
    mean[column] = numberAt(mean, column) + (data[index] as number) / rows;
  }
  for (let index = 0; index < data.length; index++) {
    const column = index % columns;
    square[column] =
      numberAt(square, column) + ((data[index] as number) - numberAt(mean, column)) ** 2 / rows;
  }
  // p (1 − p) is at most a quarter.
  return { mean, scale: square.map((value) => 1 / Math.sqrt(value / 4 + strength)) };
}

function condition(
  { rows, columns, data }: FeatureMatrix,
  mean: Float64Array,
  scale: Float64Array,
): FeatureMatrix {
  const conditioned = new Float64Array(data.length);
  for (let index = 0; index < data.length; index++) {
    const column = index % columns;
    conditioned[index] = ((data[index] as number) - numberAt(mean, column)) * numberAt(scale, column);
  }
  return { rows, columns, data: conditioned };
}

/** Coefficients of features as they are, for all classes, from those of scaled features for the classes seen. */
function unscale(
  point: Float64Array,
  {
    mean,
    scale,
    seen,
    classes,
  }: { mean: Float64Array; scale: Float64Array; seen: Int32Array; classes: number },
) {
  const columns = mean.length;
  const width = seen.length;
  const data = new Float64Array(classes * columns);
  const intercepts = new Float64Array(classes).fill(Number.NEGATIVE_INFINITY);
  for (const [position, label] of seen.entries()) {
    let intercept = numberAt(point, columns * width + position);
    for (let column = 0; column < columns; column++) {
      const coefficient = numberAt(point, column * width + position) * numberAt(scale, column);
      data[label * columns + column] = coefficient;
      intercept -= coefficient * numberAt(mean, column);
    }
    intercepts[label] = intercept;
  }
  const coefficients: FeatureMatrix = { rows: classes, columns, data };
  return { coefficients, intercepts };
}
