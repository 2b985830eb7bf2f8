import { columnOf, type FeatureMatrix } from '@factornet/core/samples';

const integerAt = (values: Int32Array, index: number) => values[index] as number;
const numberAt = (values: Float64Array, index: number) => values[index] as number;

/** A feature with few values: each example's value by number, so that sums per value find the best split. */
export interface DiscreteFeature {
  readonly kind: 'discrete';
  /** Position in `levels` of each example's value. */
  readonly level: Uint16Array;
  /** Ascending. */
  readonly levels: Float64Array;
}

/** A feature with many values: its examples in ascending order, sorted once for all trees. */
export interface SortedFeature {
  readonly kind: 'sorted';
  readonly order: Int32Array;
  /** The value at each position of `order`. */
  readonly values: Float64Array;
}

export type RankedFeature = DiscreteFeature | SortedFeature;

/** Values closer than this part of their size differ by rounding, and no split goes between them. */
const ROUNDING = 1e-10;

/** Whether a split fits between two neighbours in order. */
export function isGap(lower: number, upper: number): boolean {
  return upper - lower > ROUNDING * Math.max(Math.abs(lower), Math.abs(upper));
}

/** Sorts each column once. */
export function rankFeatures(features: FeatureMatrix): readonly RankedFeature[] {
  return Array.from({ length: features.columns }, (_, column) => rankColumn(features, column));
}

function rankColumn(features: FeatureMatrix, column: number): RankedFeature {
  const values = columnOf(features, column);
  const order = Int32Array.from(values.keys()).sort(
    (left, right) => numberAt(values, left) - numberAt(values, right),
  );
  const sorted = Float64Array.from(order, (row) => numberAt(values, row));
  const levels = levelsOf(sorted);
  // Sums per value pay off only while there are far fewer values than examples.
  if (levels.length > Math.min(4096, features.rows / 8)) return { kind: 'sorted', order, values: sorted };
  const level = new Uint16Array(features.rows);
  for (let position = 0, at = 0; position < features.rows; position++) {
    while (at + 1 < levels.length && numberAt(sorted, position) >= numberAt(levels, at + 1)) at++;
    level[integerAt(order, position)] = at;
  }
  return { kind: 'discrete', level, levels };
}

function levelsOf(sorted: Float64Array): Float64Array {
  return sorted.filter((value, position) => position === 0 || isGap(numberAt(sorted, position - 1), value));
}
