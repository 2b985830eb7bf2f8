import { at, checkFinite, checkMatrix, type FeatureMatrix, numberAt } from '@factornet/core/samples';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';

export interface RidgeRegressionRequest {
  readonly features: FeatureMatrix;
  /** One number per row. */
  readonly targets: ArrayLike<number>;
  /** How much each row counts, from 0. Default: all the same. */
  readonly weights?: ArrayLike<number>;
  /** λ, above 0. Default 1e-3. */
  readonly penalty?: number;
}

/** `y ≈ intercept + coefficients · x`, for features as they are. */
export interface LinearFunction {
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/**
 * Ridge regression of one number on standardised features, in closed form (Cholesky, double precision): the function
 * that minimises `Σ_i w_i (y_i − f(x_i))² / Σ_i w_i + λ‖v‖²`, where v are the coefficients of features that were shifted
 * and scaled to (weighted) mean 0 and standard deviation 1. Features that do not vary get the coefficient 0.
 *
 * @throws ShapeMismatchError if there is not one target and one weight per row
 * @throws InvalidOptionError if a number is not finite, no row counts, or the penalty is not above 0
 * @example
 * const { coefficients, intercept } = ridgeRegression({ features, targets });
 */
export function ridgeRegression({
  features,
  targets,
  weights = new Float64Array(features.rows).fill(1),
  penalty = 1e-3,
}: RidgeRegressionRequest): LinearFunction {
  checkMatrix('features', features, targets);
  checkFinite('features', features);
  checkFinite('targets', { rows: targets.length, columns: 1, data: Float64Array.from(targets) });
  const shares = sharesOf(weights, features.rows);
  if (!(penalty > 0 && Number.isFinite(penalty))) {
    throw new InvalidOptionError({ option: 'penalty', expected: 'a number above 0', received: penalty });
  }
  const means = weightedMeans(features, shares);
  const scales = weightedScales(features, shares, means);
  const mean = shares.reduce((sum, share, row) => sum + share * (targets[row] as number), 0);
  // Rows times the root of their share: sums of products are then weighted means.
  const roots = shares.map(Math.sqrt);
  const { rows, columns } = features;
  const x = new Matrix(rows, columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const centred = at(features, row, column) - numberAt(means, column);
      x.set(row, column, centred * numberAt(scales, column) * numberAt(roots, row));
    }
  }
  const y = Matrix.columnVector(roots.map((root, row) => root * ((targets[row] as number) - mean)));
  const normal = x.transpose().mmul(x).add(Matrix.eye(columns).mul(penalty));
  const solution = new CholeskyDecomposition(normal).solve(x.transpose().mmul(y));
  const coefficients = scales.map((scale, column) => scale * solution.get(column, 0));
  const offset = coefficients.reduce((sum, value, column) => sum + value * numberAt(means, column), 0);
  return { coefficients, intercept: mean - offset };
}

/** Weights that add up to 1. */
function sharesOf(weights: ArrayLike<number>, rows: number): Float64Array {
  if (weights.length !== rows) {
    throw new ShapeMismatchError({ what: 'weights', expected: [rows], received: [weights.length] });
  }
  const values = Float64Array.from(weights);
  const total = values.reduce((sum, value) => sum + value, 0);
  if (!(total > 0 && Number.isFinite(total)) || values.some((value) => value < 0)) {
    throw new InvalidOptionError({
      option: 'weights',
      expected: 'numbers from 0, at least one of them above',
      received: total,
    });
  }
  return values.map((value) => value / total);
}

function weightedMeans({ columns, data }: FeatureMatrix, shares: Float64Array): Float64Array {
  const means = new Float64Array(columns);
  data.forEach((value, index) => {
    const column = index % columns;
    means[column] = numberAt(means, column) + numberAt(shares, Math.floor(index / columns)) * value;
  });
  return means;
}

/** One over the standard deviation of each column; 0 where nothing varies. */
function weightedScales(
  { columns, data }: FeatureMatrix,
  shares: Float64Array,
  means: Float64Array,
): Float64Array {
  const variances = new Float64Array(columns);
  data.forEach((value, index) => {
    const column = index % columns;
    const square = (value - numberAt(means, column)) ** 2;
    variances[column] = numberAt(variances, column) + numberAt(shares, Math.floor(index / columns)) * square;
  });
  return variances.map((variance, column) => {
    const deviation = Math.sqrt(variance);
    // Far below the mean, a deviation is what rounding leaves of a constant.
    return deviation > 1e-10 * Math.abs(numberAt(means, column)) ? 1 / deviation : 0;
  });
}
