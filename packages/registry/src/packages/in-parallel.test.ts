import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inParallel } from './in-parallel';

it('keeps the order, whatever ends first, and four at a time', async () => {
  let [running, most] = [0, 0];
  const seen: string[] = [];
  const squares = await inParallel(
    [7, 1, 5, 2, 3, 4, 6],
    async (number) => {
      most = Math.max(most, ++running);
      await setTimeout(number * 3);
      running--;
      return number * number;
    },
    (done, total) => seen.push(`${done}/${total}`),
  );
  expect(squares).toEqual([49, 1, 25, 4, 9, 16, 36]);
  expect(most).toBe(4);
  expect(seen).toEqual(['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7']);
  expect(await inParallel([], async () => 1)).toEqual([]);
});

it('begins nothing more after a failure, and ends what was begun', async () => {
  const begun: number[] = [];
  let ended = 0;
  const work = async (item: number) => {
    begun.push(item);
    if (item === 1) throw new Error('one');
    await setTimeout(10);
    ended++;
  };
  await expect(inParallel([0, 1, 2, 3, 4, 5, 6, 7], work)).rejects.toThrow('one');
  expect(begun).toEqual([0, 1, 2, 3]);
  expect(ended).toBe(3);
});
