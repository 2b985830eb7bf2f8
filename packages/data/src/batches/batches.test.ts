import { InvalidOptionError } from '@factornet/spec';
import { expect, test } from 'vitest';
import { shapes } from '../shapes/shapes';
import { type BatchesOptions, batches, batchIndices } from './batches';

const order = (options: Partial<BatchesOptions>) =>
  batchIndices(10, { batchSize: 4, shuffle: true, ...options }).flatMap((indices) => [...indices]);

test('reads every example once', async () => {
  const dataset = shapes({ size: 10, seed: 1 });
  const seen: number[] = [];
  const sizes: number[] = [];
  for await (const { indices, batch } of batches(dataset, { batchSize: 4, shuffle: true, seed: 3 })) {
    expect(batch).toEqual(await dataset.read(indices));
    seen.push(...indices);
    sizes.push(batch.size);
  }
  expect(sizes).toEqual([4, 4, 2]);
  expect(seen.sort((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('orders by seed and epoch alone', () => {
  expect(order({ seed: 1, epoch: 2 })).toEqual(order({ seed: 1, epoch: 2 }));
  expect(order({ seed: 1, epoch: 2 })).not.toEqual(order({ seed: 1, epoch: 3 }));
  expect(order({ seed: 1, epoch: 2 })).not.toEqual(order({ seed: 2, epoch: 2 }));
  expect(order({ seed: 1, batchSize: 3 })).toEqual(order({ seed: 1, batchSize: 5 }));
});

test('keeps the order of the dataset unless told to shuffle', () => {
  expect(order({ shuffle: false })).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('drops the remainder when asked', () => {
  expect(order({ shuffle: false, dropRemainder: true })).toHaveLength(8);
});

test('refuses a batch size that makes no sense', async () => {
  expect(() => order({ batchSize: 0 })).toThrow(InvalidOptionError);
  await expect(batches(shapes({ size: 1, seed: 1 }), { batchSize: 1.5 }).next()).rejects.toThrow(
    InvalidOptionError,
  );
});
