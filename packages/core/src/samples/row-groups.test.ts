import { describe, expect, it } from 'vitest';
import { countGroups, cutBetweenGroups, groupsOf, joinGroups, orderByGroup } from './row-groups';

describe('groups of rows', () => {
  it('are named by their first rows, and joined where either has rows together', () => {
    const films = groupsOf([7, 8, 7, 9, 8], 5);
    expect([...films]).toEqual([0, 1, 0, 3, 1]);
    expect(countGroups(films)).toBe(3);
    expect([...joinGroups(films, Int32Array.of(0, 1, 2, 2, 4))]).toEqual([0, 1, 0, 0, 1]);
    expect(() => groupsOf([1], 2)).toThrow(/groups/);
    expect(() => groupsOf([1, Number.POSITIVE_INFINITY], 2)).toThrow(/groups\[1\] must be a finite number/);
  });

  it('stay in one piece of an order, which is the permutation itself for rows alone', () => {
    const permutation = [3, 1, 4, 0, 2];
    expect([...orderByGroup(permutation, Int32Array.of(0, 1, 2, 3, 4))]).toEqual(permutation);
    expect([...orderByGroup(permutation, Int32Array.of(0, 1, 0, 3, 1))]).toEqual([3, 1, 4, 0, 2]);
  });

  it('are cut between, as near to the places as can be, with a group for each part', () => {
    const alone = Int32Array.from({ length: 10 }, (_, row) => row);
    expect(cutBetweenGroups(alone, alone, [6, 8])).toEqual([6, 8]);
    const pairs = alone.map((row) => row - (row % 2));
    expect(cutBetweenGroups(alone, pairs, [5, 9])).toEqual([6, 8]);
    const one = Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 8, 9);
    expect(cutBetweenGroups(alone, one, [3, 6])).toEqual([8, 9]);
    expect(() => cutBetweenGroups(alone, one, [2, 4, 6])).toThrow(/groups must be 4 at least/);
  });
});
