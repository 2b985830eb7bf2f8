import { describe, expect, it } from 'vitest';
import { copiedRows, countRepeats, firstEqualRows } from './equal-rows';
import { featureMatrix } from './feature-matrix';

describe('firstEqualRows', () => {
  it('compares whole rows of all matrices, 0 and −0 alike', () => {
    const left = featureMatrix([
      [1, 2],
      [1, 3],
      [1, 2],
      [0, 2],
      [-0, 2],
    ]);
    expect([...firstEqualRows(left)]).toEqual([0, 1, 0, 3, 3]);
    expect([...firstEqualRows(left, featureMatrix([5, 5, 6, 7, 7]))]).toEqual([0, 1, 2, 3, 3]);
    expect(countRepeats(firstEqualRows(left))).toBe(2);
  });

  it('agrees with comparing all pairs', () => {
    const rows = Array.from({ length: 400 }, (_, row) => [
      (row * 7) % 5,
      (row * 13) % 11,
      1e-300 * (row % 3),
    ]);
    const expected = rows.map((row) => rows.findIndex((other) => other.join() === row.join()));
    expect([...firstEqualRows(featureMatrix(rows))]).toEqual(expected);
  });
});

describe('copiedRows', () => {
  it('takes a value that a twentieth of the rows have for one of the data', () => {
    const rows = Array.from({ length: 400 }, (_, row) => (row < 21 ? 0 : Math.floor(row / 2)));
    const copied = copiedRows(featureMatrix(rows));
    expect([...copied.subarray(0, 21)]).toEqual([...Array(21).keys()]);
    expect([...copied.subarray(22, 26)]).toEqual([22, 22, 24, 24]);
  });
});
