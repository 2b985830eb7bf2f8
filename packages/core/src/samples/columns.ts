import { at } from './at';
import type { FeatureMatrix } from './feature-matrix';

/** One column of a matrix, in one piece. */
export function columnOf(matrix: FeatureMatrix, column: number): Float64Array {
  const values = new Float64Array(matrix.rows);
  for (let row = 0; row < matrix.rows; row++) values[row] = at(matrix, row, column);
  return values;
}

/** The columns of a matrix, each in one piece. */
export function columnsOf(matrix: FeatureMatrix): Float64Array[] {
  return Array.from({ length: matrix.columns }, (_, column) => columnOf(matrix, column));
}
