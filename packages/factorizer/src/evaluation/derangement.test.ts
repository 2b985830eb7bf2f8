import { expect, it } from 'vitest';
import { derangement } from './derangement';

it('gives each position another one, each of them once, by the seed', () => {
  for (const size of [2, 3, 17]) {
    const other = derangement(size, 1);
    expect([...other].sort((one, two) => one - two)).toEqual(Array.from({ length: size }, (_, at) => at));
    for (const [position, found] of other.entries()) expect(found).not.toBe(position);
  }
  expect(derangement(17, 1)).toEqual(derangement(17, 1));
  expect(derangement(17, 2)).not.toEqual(derangement(17, 1));
  expect([...derangement(1, 1)]).toEqual([0]);
});
