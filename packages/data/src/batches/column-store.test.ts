import { memory, setBackend, type Tensor2D, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { ColumnStore } from './column-store';

beforeAll(() => setBackend('cpu'));

const rows = (...values: number[][]): Tensor2D => tensor2d(values);

test('puts batches of rows where they belong, and takes the tensors', async () => {
  const before = memory().numTensors;
  const store = new ColumnStore(3);
  await store.take(1, { 'tap/a': rows([3, 4], [5, 6]), 'tap/b': rows([8], [9]) });
  await store.take(0, { 'tap/a': rows([1, 2]), 'tap/b': rows([7]), logits: rows([0]) });
  expect(store.matrix('tap/a')).toEqual({ rows: 3, columns: 2, data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  expect(store.joined('tap/')).toEqual({
    rows: 3,
    columns: 3,
    data: Float32Array.of(1, 2, 7, 3, 4, 8, 5, 6, 9),
  });
  const some = store.gather('tap/a', Int32Array.of(2, 0, 2));
  expect(await some.array()).toEqual([
    [5, 6],
    [1, 2],
    [5, 6],
  ]);
  some.dispose();
  expect(() => store.matrix('tap')).toThrow('nothing was collected under "tap"');
  expect(memory().numTensors).toBe(before);
});

test('takes nothing of what is refused, and still the tensors', async () => {
  const before = memory().numTensors;
  const store = new ColumnStore(1);
  const refusal = store.take(0, { good: rows([1]), bad: rows([Number.NaN]) }, (name, values, columns) => {
    if (Number.isNaN(values[0])) throw new RangeError(`${name} of ${columns}`);
  });
  await expect(refusal).rejects.toThrow('bad of 1');
  expect(() => store.matrix('good')).toThrow('nothing was collected');
  expect(memory().numTensors).toBe(before);
});
