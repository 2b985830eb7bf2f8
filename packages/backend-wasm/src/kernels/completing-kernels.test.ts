import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import '../index';

let before: number;
beforeEach(async () => {
  await tf.setBackend('wasm');
  before = tf.memory().numTensors;
  tf.engine().startScope();
});
afterEach(() => {
  tf.engine().endScope();
  expect(tf.memory().numTensors).toBe(before);
});

describe('kernels that the WASM backend lacks', () => {
  it('einsum sums what only one factor has, where the CPU kernel fails', async () => {
    const product = tf.einsum(
      'ij,kl->ik',
      tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
      tf.tensor2d([
        [1, 1, 1],
        [2, 0, 1],
      ]),
    );
    expect(await product.array()).toEqual([
      [9, 9],
      [21, 21],
    ]);
  });

  it('replace by regular expression', async () => {
    const replaced = tf.string.staticRegexReplace(tf.tensor1d(['cat', 'dog']), 'a|o', '0');
    expect(await replaced.data()).toEqual(['c0t', 'd0g']);
  });

  it('compare strings', async () => {
    const equal = tf.equal(tf.tensor1d(['a', 'b']), tf.tensor1d(['a', 'c']));
    expect(Array.from(await equal.data())).toEqual([1, 0]);
  });
});

describe('what the stock kernels get wrong', () => {
  it('casts to truth values', async () => {
    const truths = tf.cast(tf.tensor1d([0, 3, 256, -0.5, Number.NaN]), 'bool');
    expect(Array.from(await truths.data())).toEqual([0, 1, 1, 1, 1]);
  });

  it('reverses truth values', async () => {
    const reversed = tf.reverse(tf.tensor1d([1, 0, 0], 'bool'));
    expect(Array.from(await reversed.data())).toEqual([0, 0, 1]);
  });

  it('passes gradients through windows of negative numbers, to the first of equal pixels', async () => {
    const gradient = tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'))(
      tf.tensor4d([-3, -1, -2, -4, -5, -5, -5, -5], [2, 2, 2, 1]),
    );
    expect(Array.from(await gradient.data())).toEqual([0, 1, 0, 0, 1, 0, 0, 0]);
  });

  it('multiplies whole numbers exactly', async () => {
    const product = tf.matMul(
      tf.tensor2d([[16_777_217]], [1, 1], 'int32'),
      tf.tensor2d([[1]], [1, 1], 'int32'),
    );
    expect([product.dtype, ...(await product.data())]).toEqual(['int32', 16_777_217]);
  });

  it('refuses slices out of bounds', () => {
    expect(() => tf.slice(tf.zeros([2, 2]), [1, 1], [2, 1])).toThrow();
  });
});
