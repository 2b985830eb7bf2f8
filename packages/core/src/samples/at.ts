import type { FeatureMatrix } from './feature-matrix';

/** The number in this row and column, which are within the matrix. */
export function at({ columns, data }: FeatureMatrix, row: number, column: number): number {
  return data[row * columns + column] as number;
}

/**
 * The number at this index, which is within the array. For one kind of array only: engines learn what a function is
 * given across all its callers, and where that is many kinds, every loop over it is an order of magnitude slower. Files
 * whose innermost loops take most of the time have their own of the same name, and no module between.
 */
export function numberAt(values: Float64Array, index: number): number {
  return values[index] as number;
}

/** As {@link numberAt}, of whole numbers. */
export function integerAt(values: Int32Array, index: number): number {
  return values[index] as number;
}
