import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import '../index';
import type { SharedRows } from './protocol';
import { inputSharder, shardRows } from './shard-inputs';
import { readRows } from './shared-memory';

beforeAll(async () => {
  await tf.setBackend('wasm');
});

const read = (rows: SharedRows | undefined) => {
  const tensor = readRows(rows as SharedRows);
  const found = { shape: tensor.shape, dtype: tensor.dtype, values: [...tensor.dataSync()] };
  tensor.dispose();
  return found;
};

describe('shardRows', () => {
  it.each([
    [8, 2, [4, 4]],
    [7, 3, [3, 2, 2]],
    [2, 3, [1, 1, 0]],
    [5, 1, [5]],
  ])('cuts %i rows for %i workers', (batch, workers, expected) => {
    expect(shardRows(batch, workers)).toEqual(expected);
  });
});

describe('inputSharder', () => {
  it('gives each worker its rows of every input, and sends a shared one once', () => {
    const images = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const words = tf.tensor1d([7, 8, 9], 'int32');
    const shard = inputSharder(3, 2);
    const sharded = shard([images, [words, images], words]);
    expect(sharded.rows).toEqual([2, 1]);
    expect(sharded.reads).toEqual([[0], [1, 0], [1]]);
    expect(sharded.inputsOf(0).map(read)).toEqual([
      { shape: [2, 2], dtype: 'float32', values: [1, 2, 3, 4] },
      { shape: [2], dtype: 'int32', values: [7, 8] },
    ]);
    expect(sharded.inputsOf(1).map(read)).toEqual([
      { shape: [1, 2], dtype: 'float32', values: [5, 6] },
      { shape: [1], dtype: 'int32', values: [9] },
    ]);
    tf.dispose([images, words]);
  });

  it('uses its memory again', () => {
    const shard = inputSharder(1, 2);
    const [large, small] = [tf.ones([4, 2]), tf.zeros([2, 2])];
    const first = shard(large).inputsOf(0)[0];
    const second = shard(small).inputsOf(0)[0];
    expect(second?.buffer).toBe(first?.buffer);
    expect(read(second).values).toEqual([0, 0]);
    expect(shard(tf.ones([40, 2])).inputsOf(0)[0]?.buffer).not.toBe(first?.buffer);
    tf.dispose([large, small]);
  });
});
