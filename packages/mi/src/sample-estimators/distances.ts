import type { FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';

/** How far apart two points of one variable are: the largest difference of a coordinate, or the straight line. */
export type Norm = 'max' | 'euclidean';

/** @throws InvalidOptionError unless it is a norm */
export function checkNorm(norm: Norm): void {
  if (norm === 'max' || norm === 'euclidean') return;
  throw new InvalidOptionError({ option: 'norm', expected: '"max" or "euclidean"', received: norm });
}

/** The columns of a matrix, each in one piece. */
export function columnsOf({ rows, columns, data }: FeatureMatrix): Float64Array[] {
  return Array.from({ length: columns }, (_, column) =>
    Float64Array.from({ length: rows }, (_, row) => data[row * columns + column] as number),
  );
}

/**
 * Distances from one row to all rows, as numbers to compare with each other: squares for the Euclidean norm. Column by
 * column, since that is a plain loop over two arrays, several times as fast as row by row.
 */
export function distancesFrom(
  row: number,
  columns: readonly Float64Array[],
  norm: Norm,
  distances: Float64Array,
): void {
  distances.fill(0);
  if (norm === 'euclidean') {
    const { length } = columns;
    let first = 0;
    for (; first + 4 <= length; first += 4) addFourSquares(columns, first, row, distances);
    for (; first < length; first++) addSquares(columns[first] as Float64Array, row, distances);
  } else {
    for (const column of columns) raiseToDifferences(column, column[row] as number, distances);
  }
}

function addSquares(column: Float64Array, row: number, distances: Float64Array): void {
  const centre = column[row] as number;
  for (let other = 0; other < distances.length; other++) {
    const difference = (column[other] as number) - centre;
    distances[other] = (distances[other] as number) + difference * difference;
  }
}

/** The same sums in the same order, but distances are read and written once in place of four times. */
function addFourSquares(
  columns: readonly Float64Array[],
  first: number,
  row: number,
  distances: Float64Array,
): void {
  const one = columns[first] as Float64Array;
  const two = columns[first + 1] as Float64Array;
  const three = columns[first + 2] as Float64Array;
  const four = columns[first + 3] as Float64Array;
  const atOne = one[row] as number;
  const atTwo = two[row] as number;
  const atThree = three[row] as number;
  const atFour = four[row] as number;
  for (let other = 0; other < distances.length; other++) {
    const a = (one[other] as number) - atOne;
    const b = (two[other] as number) - atTwo;
    const c = (three[other] as number) - atThree;
    const d = (four[other] as number) - atFour;
    distances[other] = (distances[other] as number) + a * a + b * b + c * c + d * d;
  }
}

function raiseToDifferences(column: Float64Array, centre: number, distances: Float64Array): void {
  for (let other = 0; other < distances.length; other++) {
    const difference = Math.abs((column[other] as number) - centre);
    if (difference > (distances[other] as number)) distances[other] = difference;
  }
}

/** How many of the distances are below a radius, or at most as large; a row's distance to itself, 0, is among them. */
export function countWithin(distances: Float64Array, radius: number, edge: Edge): number {
  let count = 0;
  if (edge === 'open')
    for (let at = 0; at < distances.length; at++) count += +((distances[at] as number) < radius);
  else for (let at = 0; at < distances.length; at++) count += +((distances[at] as number) <= radius);
  return count;
}

/** Whether a row exactly on the radius counts. */
export type Edge = 'open' | 'closed';

/** Positions of values in ascending order. */
export function ascendingOrder(values: ArrayLike<number>): Int32Array {
  const order = Int32Array.from({ length: values.length }, (_, position) => position);
  return order.sort((a, b) => (values[a] as number) - (values[b] as number));
}
