import { InvalidOptionError } from '@factornet/spec';

const numberAt = (values: Float64Array, index: number) => values[index] as number;

/** How far apart two points of one variable are: the largest difference of a coordinate, or the straight line. */
export type Norm = 'max' | 'euclidean';

/** @throws InvalidOptionError unless it is a norm */
export function checkNorm(norm: Norm): void {
  if (norm === 'max' || norm === 'euclidean') return;
  throw new InvalidOptionError({ option: 'norm', expected: '"max" or "euclidean"', received: norm });
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
    for (const column of columns) raiseToDifferences(column, numberAt(column, row), distances);
  }
}

function addSquares(column: Float64Array, row: number, distances: Float64Array): void {
  const centre = numberAt(column, row);
  for (let other = 0; other < distances.length; other++) {
    const difference = numberAt(column, other) - centre;
    distances[other] = numberAt(distances, other) + difference * difference;
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
  const atOne = numberAt(one, row);
  const atTwo = numberAt(two, row);
  const atThree = numberAt(three, row);
  const atFour = numberAt(four, row);
  // Innermost, and measured: even a call that engines take apart costs a twentieth here.
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
    const difference = Math.abs(numberAt(column, other) - centre);
    if (difference > numberAt(distances, other)) distances[other] = difference;
  }
}

/** How many of the distances are below a radius, or at most as large; a row's distance to itself, 0, is among them. */
export function countWithin(distances: Float64Array, radius: number, edge: Edge): number {
  let count = 0;
  if (edge === 'open')
    for (let at = 0; at < distances.length; at++) count += +(numberAt(distances, at) < radius);
  else for (let at = 0; at < distances.length; at++) count += +(numberAt(distances, at) <= radius);
  return count;
}

/** Whether a row exactly on the radius counts. */
export type Edge = 'open' | 'closed';

/** Positions of values in ascending order. */
export function ascendingOrder(values: ArrayLike<number>): Int32Array {
  const order = Int32Array.from({ length: values.length }, (_, position) => position);
  return order.sort((a, b) => (values[a] as number) - (values[b] as number));
}
