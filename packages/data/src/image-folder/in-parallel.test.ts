import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inParallel } from './in-parallel';

test('does everything once, so many at a time', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await inParallel(20, 3, async (index) => {
    most = Math.max(most, ++running);
    await wait(1);
    running--;
    done.push(index);
  });
  expect(most).toBe(3);
  expect(done.sort((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test('starts nothing more after an error, and throws it once all lanes rest', async () => {
  let running = 0;
  let started = 0;
  const work = inParallel(20, 3, async (index) => {
    started++;
    running++;
    await wait(index);
    running--;
    if (index === 1) throw new Error('one failed');
  });
  await expect(work).rejects.toThrow('one failed');
  expect(running).toBe(0);
  expect(started).toBeLessThan(8);
});
