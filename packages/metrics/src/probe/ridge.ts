import type { FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';

const numberAt = (values: Float64Array, index: number) => values[index] as number;

/**
 * Weights `[features, classes]` of the ridge regression of one-hot classes on centred features:
 * `W = (XᵀX / n + λI)⁻¹ XᵀY / n`, which minimises `‖Y − XW‖² / n + λ‖W‖²`. Since `X` is centred, centring
 * `Y` as well would change nothing.
 *
 * @throws InvalidOptionError if the normal matrix is not positive definite
 */
export function solveRidge(
  features: FeatureMatrix,
  labels: ArrayLike<number>,
  classes: number,
  penalty: number,
): Float64Array {
  const size = features.columns;
  if (size === 0) return new Float64Array(0);
  const normal = normalMatrix(features, penalty);
  const cholesky = new CholeskyDecomposition(normal);
  const pivots = cholesky.lowerTriangularMatrix.diagonal();
  // A singular matrix may pass with a pivot that is nothing but rounding error.
  const negligible = Math.max(...normal.diagonal()) * size * Number.EPSILON;
  if (!cholesky.isPositiveDefinite() || pivots.some((pivot) => pivot * pivot <= negligible)) {
    throw new InvalidOptionError(
      {
        option: 'penalty',
        expected: 'large enough to make the normal matrix XᵀX/n + penalty·I positive definite',
        received: penalty,
      },
      { hint: 'Some features are combinations of others: raise the penalty, e.g. to 1e-3.' },
    );
  }
  const solution = cholesky.solve(crossMatrix(features, labels, classes));
  return Float64Array.from(solution.to1DArray());
}

/** `XᵀX / n + λI`. */
function normalMatrix({ rows, columns: size, data }: FeatureMatrix, penalty: number): Matrix {
  const sums = new Float64Array(size * size);
  // Four rows at a time: one read and write of a sum per four products.
  const padded = new Float64Array(Math.ceil(rows / 4) * 4 * size);
  padded.set(data);
  for (let a = 0; a < padded.length; a += 4 * size) {
    const [b, c, d] = [a + size, a + 2 * size, a + 3 * size];
    for (let i = 0; i < size; i++) {
      const first = numberAt(padded, a + i);
      const second = numberAt(padded, b + i);
      const third = numberAt(padded, c + i);
      const fourth = numberAt(padded, d + i);
      for (let j = i, sum = i * size + i; j < size; j++, sum++) {
        sums[sum] =
          numberAt(sums, sum) +
          first * numberAt(padded, a + j) +
          second * numberAt(padded, b + j) +
          third * numberAt(padded, c + j) +
          fourth * numberAt(padded, d + j);
      }
    }
  }
  const normal = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      const value = numberAt(sums, i * size + j) / rows + (i === j ? penalty : 0);
      normal.set(i, j, value);
      normal.set(j, i, value);
    }
  }
  return normal;
}

/** `XᵀY / n` for one-hot `Y`. */
function crossMatrix(
  { rows, columns: size, data }: FeatureMatrix,
  labels: ArrayLike<number>,
  classes: number,
) {
  const cross = new Matrix(size, classes);
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number;
    for (let feature = 0; feature < size; feature++) {
      const value = (data[row * size + feature] as number) / rows;
      cross.set(feature, label, cross.get(feature, label) + value);
    }
  }
  return cross;
}
