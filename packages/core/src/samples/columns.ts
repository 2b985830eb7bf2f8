import type { FeatureMatrix } from './feature-matrix';

/** One column of a matrix, in one piece. */
export function columnOf({ rows, columns, data }: FeatureMatrix, column: number): Float64Array {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) values[row] = data[row * columns + column] as number;
  return values;
}

/** The columns of a matrix, each in one piece. */
export function columnsOf(matrix: FeatureMatrix): Float64Array[] {
  return Array.from({ length: matrix.columns }, (_, column) => columnOf(matrix, column));
}
