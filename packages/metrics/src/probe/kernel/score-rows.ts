import { type FeatureMatrix, integerAt } from '@factornet/core/samples';
import { addRowProducts, rowsOf } from '../../algebra/row-products';
import { type DistinctRows, halfDistances } from './distances';

/** What was learnt of one target. */
export interface KernelFunction {
  /** Of half squared distances: `k = exp(−scale · ½‖x − x′‖²)`. */
  readonly scale: number;
  /** Share of each class. */
  readonly shares: Float64Array;
  /** `[classes, learnt rows]` */
  readonly weights: Float64Array;
}

/** Rows that are scored at once, so that memory does not grow with all. */
const CHUNK = 250;

/** `shares + weights · k(learnt, x)` of every row, per function: `[rows, classes]`. */
export function scoreRows(
  rows: DistinctRows,
  learnt: DistinctRows,
  functions: readonly KernelFunction[],
): FeatureMatrix[] {
  const size = learnt.features.rows;
  const scores = functions.map(({ shares }) => {
    const all = new Float64Array(rows.features.rows * shares.length);
    for (let at = 0; at < all.length; at += shares.length) all.set(shares, at);
    return all;
  });
  const scales = [...new Set(functions.map(({ scale }) => scale))];
  for (let first = 0; first < rows.features.rows; first += CHUNK) {
    const count = Math.min(CHUNK, rows.features.rows - first);
    const distances = halfDistances(rows, learnt, first, count);
    for (const scale of scales) {
      const kernel = rowsOf(
        distances.map((distance) => Math.exp(-scale * distance)),
        size,
        count,
      );
      for (const [index, { weights, shares, ...each }] of functions.entries()) {
        if (each.scale !== scale) continue;
        const target = rowsOf(scores[index] as Float64Array, shares.length, count, first);
        addRowProducts(target, kernel, rowsOf(weights, size, shares.length), size, 1);
      }
    }
  }
  return functions.map(({ shares }, index) =>
    spread(rows.place, scores[index] as Float64Array, shares.length),
  );
}

/** Of distinct rows, back to all. */
function spread(place: Int32Array, scores: Float64Array, classes: number): FeatureMatrix {
  const data = new Float64Array(place.length * classes);
  for (let row = 0; row < place.length; row++) {
    const from = integerAt(place, row) * classes;
    data.set(scores.subarray(from, from + classes), row * classes);
  }
  return { rows: place.length, columns: classes, data };
}
