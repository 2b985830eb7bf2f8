import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inParallel } from './in-parallel';
import { throwIfCancelled } from './throw-if-cancelled';

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
    { onProgress: (done, total) => seen.push(`${done}/${total}`) },
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

it.each([1, 3, 20])('works on %d at a time, each once', async (concurrency) => {
  let [running, most] = [0, 0];
  const items = Array.from({ length: 10 }, (_, index) => index);
  const seen = await inParallel(
    items,
    async (item, index) => {
      most = Math.max(most, ++running);
      await setTimeout(1);
      running--;
      return [item, index];
    },
    { concurrency },
  );
  expect(most).toBe(Math.min(concurrency, 10));
  expect(seen).toEqual(items.map((item) => [item, item]));
});

it('begins nothing more once the signal aborts, and says what was cancelled', async () => {
  const controller = new AbortController();
  const begun: number[] = [];
  const run = inParallel(
    [0, 1, 2, 3, 4, 5],
    async (item) => {
      throwIfCancelled('Counting', controller.signal);
      begun.push(item);
      if (item === 3) controller.abort('enough');
      await setTimeout(1);
    },
    { concurrency: 2 },
  );
  await expect(run).rejects.toMatchObject({ code: 'cancelled', operation: 'Counting', cause: 'enough' });
  expect(begun).toEqual([0, 1, 2, 3]);
});

it('ends at a listener that throws', async () => {
  const begun: number[] = [];
  const run = inParallel([0, 1, 2, 3], async (item) => begun.push(item), {
    concurrency: 1,
    onProgress: () => {
      throw new Error('a listener');
    },
  });
  await expect(run).rejects.toThrow('a listener');
  expect(begun).toEqual([0]);
});

it('works on as many as there are at most, and on none is refused', async () => {
  const double = async (item: number) => 2 * item;
  const concurrency = Number.POSITIVE_INFINITY;
  expect(await inParallel([1, 2, 3], double, { concurrency })).toEqual([2, 4, 6]);
  for (const none of [0, -1, Number.NaN]) {
    await expect(inParallel([1, 2, 3], double, { concurrency: none })).rejects.toThrow('concurrency');
  }
});
