import { checkFinite, checkMatrix, type FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';

/**
 * Per column, how far the largest number is above the second largest: what the gap metrics, MIG and SAP, average.
 *
 * @throws ShapeMismatchError unless `data` is as long as the shape says
 * @throws InvalidOptionError for fewer than two rows, or a number that is not finite
 */
export function topTwoGaps(matrix: FeatureMatrix, what = 'codes'): Float64Array {
  checkMatrix(what, matrix);
  checkFinite(what, matrix);
  const { rows, columns, data } = matrix;
  if (rows < 2) {
    throw new InvalidOptionError(
      {
        option: what,
        expected: 'two at least, to see a gap between the best and the second',
        received: rows,
      },
      { hint: 'Metrics without a gap, such as dci(), take a single one.' },
    );
  }
  return Float64Array.from({ length: columns }, (_, column) => {
    let first = Number.NEGATIVE_INFINITY;
    let second = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < rows; row++) {
      const value = data[row * columns + column] as number;
      if (value > first) {
        second = first;
        first = value;
      } else if (value > second) second = value;
    }
    return first - second;
  });
}

/** Mean of numbers; there is one at least. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] as number;
  return sum / values.length;
}
