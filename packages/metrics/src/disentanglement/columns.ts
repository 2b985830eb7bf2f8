import type { FeatureMatrix } from '@factornet/core/samples';

/** Whether all values are the same. */
export function isConstant(values: ArrayLike<number>): boolean {
  for (let index = 1; index < values.length; index++) if (values[index] !== values[0]) return false;
  return true;
}

/** How far each value is from their mean, found from the first one on, so that a large offset takes no digits from them. */
export function centred(values: Float64Array): Float64Array {
  const origin = values[0] ?? 0;
  const shifted = values.map((value) => value - origin);
  const average = shifted.reduce((sum, value) => sum + value, 0) / values.length;
  return shifted.map((value) => value - average);
}

/** Position of each value among the different ones in ascending order, so that numbering does not matter. */
export function ranksOf(values: Float64Array): Float64Array {
  const levels = new Map([...new Set(values)].sort((a, b) => a - b).map((level, rank) => [level, rank]));
  return values.map((value) => levels.get(value) as number);
}

/** Rows of a matrix as plain arrays, ready for JSON. */
export function rowsOf({ rows, columns, data }: FeatureMatrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}
