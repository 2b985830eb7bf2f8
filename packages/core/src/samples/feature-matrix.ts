import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';

/** Numbers `[rows, columns]`, row after row: one row per example. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array | Float64Array;
}

/** @throws ShapeMismatchError unless `data` holds `rows × columns` numbers and `labels` one per row */
export function checkMatrix(what: string, matrix: FeatureMatrix, labels?: ArrayLike<number>): void {
  const { rows, columns, data } = matrix;
  if (data.length !== rows * columns) {
    throw new ShapeMismatchError({
      what: `${what}.data`,
      expected: [rows * columns],
      received: [data.length],
    });
  }
  if (labels !== undefined && labels.length !== rows) {
    throw new ShapeMismatchError({
      what: `labels of ${what}`,
      expected: [rows],
      received: [labels.length],
    });
  }
}

/** @throws InvalidOptionError naming the first element that is NaN or infinite */
export function checkFinite(what: string, { columns, data }: FeatureMatrix): void {
  for (let index = 0; index < data.length; index++) {
    const value = data[index] as number;
    if (Number.isFinite(value)) continue;
    throw new InvalidOptionError({
      option: `${what}[${Math.floor(index / columns)}, ${index % columns}]`,
      expected: 'a finite number',
      received: value,
    });
  }
}

/** The rows at these positions, in this order. */
export function selectRows({ columns, data }: FeatureMatrix, positions: ArrayLike<number>): FeatureMatrix {
  const selected = new Float64Array(positions.length * columns);
  for (let row = 0; row < positions.length; row++) {
    const from = (positions[row] as number) * columns;
    selected.set(data.subarray(from, from + columns), row * columns);
  }
  return { rows: positions.length, columns, data: selected };
}

/**
 * The column of the largest value in each row; the first one wins a tie.
 *
 * @throws InvalidOptionError for a row with NaN in it, of which no value is the largest
 */
export function argmaxRows({ rows, columns, data }: FeatureMatrix): Int32Array {
  const best = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let column = 0; column < columns; column++) {
      const leader = data[start + (best[row] as number)] as number;
      const value = data[start + column] as number;
      if (value > leader) best[row] = column;
      if (!Number.isNaN(value)) continue;
      const option = `[${row}, ${column}]`;
      throw new InvalidOptionError({ option, expected: 'a number', received: value });
    }
  }
  return best;
}

/**
 * A matrix from rows of numbers, or one column from plain numbers.
 *
 * @throws ShapeMismatchError for rows of different lengths
 *
 * @example
 * featureMatrix([[1, 2], [3, 4], [5, 6]]); // 3 rows, 2 columns
 */
export function featureMatrix(rows: readonly (readonly number[])[] | ArrayLike<number>): FeatureMatrix {
  const first = rows[0];
  if (!Array.isArray(first)) {
    return { rows: rows.length, columns: 1, data: Float64Array.from(rows as ArrayLike<number>) };
  }
  const columns = first.length;
  const data = new Float64Array(rows.length * columns);
  for (const [index, row] of (rows as readonly (readonly number[])[]).entries()) {
    if (row.length !== columns) {
      throw new ShapeMismatchError({ what: `row ${index}`, expected: [columns], received: [row.length] });
    }
    data.set(row, index * columns);
  }
  return { rows: rows.length, columns, data };
}
