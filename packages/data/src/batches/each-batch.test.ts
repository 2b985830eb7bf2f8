import { randomStream } from '@factornet/core/training';
import { CancelledError, InvalidOptionError } from '@factornet/spec';
import { memory, setBackend, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { shapes } from '../shapes/shapes';
import { type EachBatchOptions, eachBatch, type PassProgress } from './each-batch';

beforeAll(() => setBackend('cpu'));

const data = shapes({ size: 10, seed: 1, imageSize: 20 });

/** The indices of each batch of a pass. */
async function pass(options: EachBatchOptions): Promise<number[][]> {
  const seen: number[][] = [];
  let rows = 0;
  await eachBatch(data, options, async ({ examples, indices, start }) => {
    expect(start).toBe(rows);
    expect(examples).toEqual(await data.read(indices));
    rows += examples.size;
    seen.push([...indices]);
  });
  return seen;
}

test('visits every example once, in order', async () => {
  expect(await pass({ batchSize: 4 })).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9],
  ]);
  expect(await pass({})).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]);
});

test('visits chosen examples in the order they are chosen in', async () => {
  const indices = randomStream(1, 'order').permutation(10).subarray(0, 5);
  expect(await pass({ indices, batchSize: 3 })).toEqual([
    [...indices.subarray(0, 3)],
    [...indices.subarray(3)],
  ]);
  expect(await pass({ indices: Int32Array.of() })).toEqual([]);
});

test('makes a tensor of the pictures only when asked, keeps it through a tidy, and releases it', async () => {
  const before = memory().numTensors;
  let last: Tensor4D | undefined;
  await eachBatch(data, { batchSize: 8 }, async (batch) => {
    expect(memory().numTensors).toBe(before);
    const sum = tidy(() => batch.images.sum());
    const total = batch.examples.images.reduce((one, other) => one + other, 0);
    expect((await sum.data())[0]).toBeCloseTo(total, 1);
    sum.dispose();
    expect(batch.images.isDisposed).toBe(false);
    expect(batch.images.shape).toEqual([batch.examples.size, 20, 20, 3]);
    last = batch.images;
  });
  expect(last?.isDisposed).toBe(true);
  const failing = eachBatch(data, {}, ({ images }) => {
    throw new RangeError(`of ${images.rank} axes`);
  });
  await expect(failing).rejects.toThrow('of 4 axes');
  expect(memory().numTensors).toBe(before);
});

test('tells how far it is and lets timers run', async () => {
  const events: PassProgress[] = [];
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const slowly = () => new Promise<void>((resolve) => queueMicrotask(resolve));
  await eachBatch(data, { batchSize: 1, onProgress: (event) => events.push(event) }, async () => {
    const until = performance.now() + 1.5;
    while (performance.now() < until) await slowly();
  });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
  expect(events.map(({ done, total }) => [done, total])).toEqual(
    Array.from({ length: 10 }, (_, index) => [index + 1, 10]),
  );
  expect(events[0]?.secondsLeft).toBeGreaterThan(0);
  expect(events.at(-1)?.secondsLeft).toBe(0);
});

test('stops between batches, also after the last, and says what was stopped', async () => {
  for (const stopAt of [0, 1, 2]) {
    const controller = new AbortController();
    const { signal } = controller;
    if (stopAt === 0) controller.abort();
    let visits = 0;
    const run = eachBatch(data, { batchSize: 5, operation: 'Counting', signal }, () => {
      visits += 1;
      if (visits === stopAt) controller.abort();
    });
    await expect(run).rejects.toSatisfy(CancelledError.isInstance);
    await expect(run).rejects.toMatchObject({ operation: 'Counting' });
    expect(visits).toBe(stopAt);
  }
});

test.each([0, 1.5, Number.NaN])('refuses a batch size of %s', async (batchSize) => {
  await expect(eachBatch(data, { batchSize }, () => {})).rejects.toSatisfy(InvalidOptionError.isInstance);
});
