import { type FeatureMatrix, firstEqualRows, integerAt, numberAt, selectRows } from '@factornet/core/samples';
import { addRowProducts, rowsOf } from '../../algebra/row-products';

/** Each different row once. */
export interface DistinctRows {
  readonly features: FeatureMatrix & { readonly data: Float64Array };
  /** Per row of all, which of these it is. */
  readonly place: Int32Array;
  /** How often each comes. */
  readonly counts: Float64Array;
  /** `‖x‖²` of each. */
  readonly squares: Float64Array;
}

export function distinctRows(features: FeatureMatrix): DistinctRows {
  const first = firstEqualRows(features);
  const kept = Int32Array.from(first.keys()).filter((row) => first[row] === row);
  const placeOf = new Int32Array(features.rows);
  for (const [place, row] of kept.entries()) placeOf[row] = place;
  const place = first.map((row) => integerAt(placeOf, row));
  const counts = new Float64Array(kept.length);
  for (const at of place) counts[at] = numberAt(counts, at) + 1;
  const chosen = selectRows(features, kept) as DistinctRows['features'];
  return { features: chosen, place, counts, squares: squaresOf(chosen) };
}

function squaresOf({ rows, columns, data }: DistinctRows['features']): Float64Array {
  const squares = new Float64Array(rows);
  for (let row = 0, index = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++, index++) sum += numberAt(data, index) ** 2;
    squares[row] = sum;
  }
  return squares;
}

/** `½‖x_i − y_j‖²` of some rows of the left, `[count, rows of the right]`. */
export function halfDistances(
  left: DistinctRows,
  right: DistinctRows,
  first: number,
  count: number,
): Float64Array {
  const size = right.features.rows;
  const depth = right.features.columns;
  const distances = new Float64Array(count * size);
  for (let i = 0, index = 0; i < count; i++) {
    const own = numberAt(left.squares, first + i);
    for (let j = 0; j < size; j++, index++) distances[index] = (own + numberAt(right.squares, j)) / 2;
  }
  addRowProducts(
    rowsOf(distances, size, count),
    rowsOf(left.features.data, depth, count, first),
    rowsOf(right.features.data, depth, size),
    depth,
    -1,
  );
  return distances;
}
