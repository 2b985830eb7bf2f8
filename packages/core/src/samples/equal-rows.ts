import type { FeatureMatrix } from './feature-matrix';

/**
 * For each row the first row that is equal to it in every one of these matrices, which may be the row itself; 0 and −0 are
 * equal.
 *
 * @example
 * firstEqualRows(featureMatrix([7, 8, 7])); // 0, 1, 0
 */
export function firstEqualRows(...matrices: readonly FeatureMatrix[]): Int32Array {
  const rows = matrices[0]?.rows ?? 0;
  const first = new Int32Array(rows);
  const seen = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const key = hashRow(matrices, row);
    const candidates = seen.get(key);
    const equal = candidates?.find((other) => areEqual(matrices, row, other));
    first[row] = equal ?? row;
    if (candidates === undefined) seen.set(key, [row]);
    else if (equal === undefined) candidates.push(row);
  }
  return first;
}

/** How many rows are equal to an earlier one. */
export function countRepeats(first: Int32Array): number {
  return first.reduce((count, earlier, row) => count + Number(earlier !== row), 0);
}

/** A row that comes more often than this is a value of the data, such as a code of zeros, rather than copied. */
export function mostCopies(rows: number): number {
  return Math.max(rows / 20, Math.min(10, rows / 10));
}

/**
 * As `firstEqualRows`, for rows that look copied: one that makes more than a twentieth of all (of few rows a tenth, up to ten) is
 * taken for a value that the data have often, and each time for a row of its own.
 */
export function copiedRows(...matrices: readonly FeatureMatrix[]): Int32Array {
  const first = firstEqualRows(...matrices);
  const copies = new Int32Array(first.length);
  for (const row of first) copies[row] = (copies[row] as number) + 1;
  const most = mostCopies(first.length);
  return first.map((earlier, row) => ((copies[earlier] as number) > most ? row : earlier));
}

/** Labels have few levels, each of many rows. */
const [MOST_LEVELS, FEWEST_ROWS_PER_LEVEL] = [100, 8];

/** Whether rows are equal by chance: whole numbers of few levels, at most 100, and eight rows to each. */
export function isDiscrete(
  matrix: FeatureMatrix,
  levels = matrix.rows - countRepeats(firstEqualRows(matrix)),
): boolean {
  return areFewLevels(levels, matrix.rows) && matrix.data.every(Number.isInteger);
}

/** Whether a row comes often enough to be expected again. */
export function areFewLevels(levels: number, rows: number): boolean {
  return levels <= Math.min(MOST_LEVELS, rows / FEWEST_ROWS_PER_LEVEL);
}

const number = new Float64Array(1);
const words = new Int32Array(number.buffer);

function hashRow(matrices: readonly FeatureMatrix[], row: number): number {
  let [low, high] = [0x811c9dc5, 0x9e3779b9];
  for (const { columns, data } of matrices) {
    for (let index = row * columns; index < (row + 1) * columns; index++) {
      // Makes 0 of −0.
      number[0] = (data[index] as number) + 0;
      const [one, two] = [words[0] as number, words[1] as number];
      low = Math.imul(low ^ one, 0x01000193) ^ (two >>> 15);
      high = Math.imul(high ^ two, 0x85ebca6b) ^ (one >>> 13);
      high = Math.imul(high ^ (high >>> 15), 0xc2b2ae35);
    }
  }
  return (low >>> 0) * 2 ** 21 + (high >>> 11);
}

function areEqual(matrices: readonly FeatureMatrix[], row: number, other: number): boolean {
  return matrices.every(({ columns, data }) => {
    for (let column = 0; column < columns; column++) {
      if (data[row * columns + column] !== data[other * columns + column]) return false;
    }
    return true;
  });
}
