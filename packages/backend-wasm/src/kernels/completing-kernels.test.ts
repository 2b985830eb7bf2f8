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

  it.each<[string, () => tf.Tensor]>([
    ['gatherND', () => tf.gatherND(tf.zeros([3, 2]), tf.tensor2d([[5, 0]], [1, 2], 'int32'))],
    ['gatherND below 0', () => tf.gatherND(tf.zeros([3, 2]), tf.tensor2d([[0, -1]], [1, 2], 'int32'))],
    ['gatherND from nothing', () => tf.gatherND(tf.zeros([0, 2]), tf.tensor2d([[0, 0]], [1, 2], 'int32'))],
    ['scatterND', () => tf.scatterND(tf.tensor2d([[4]], [1, 1], 'int32'), tf.ones([1]), [4])],
    ['scatterND below 0', () => tf.scatterND(tf.tensor2d([[-2]], [1, 1], 'int32'), tf.ones([1]), [4])],
    [
      'tensorScatterUpdate',
      () => tf.tensorScatterUpdate(tf.zeros([4]), tf.tensor2d([[9]], [1, 1], 'int32'), tf.ones([1])),
    ],
    ['sparseToDense', () => tf.sparseToDense(tf.tensor1d([9], 'int32'), tf.ones([1]), [4], 0)],
    ['sparseToDense below 0', () => tf.sparseToDense(tf.tensor1d([-1], 'int32'), tf.ones([1]), [4], 0)],
  ])('refuses indices out of bounds, which pointed at other tensors: %s', async (_, compute) => {
    const neighbour = tf.ones([64]);
    expect(compute).toThrow(/expected indices within the shape \[.*got \[/);
    expect((await neighbour.data()).every((value) => value === 1)).toBe(true);
  });

  it('takes indices within bounds', async () => {
    const indices = tf.tensor2d([[3], [0]], [2, 1], 'int32');
    expect(Array.from(await tf.scatterND(indices, tf.tensor1d([5, 6]), [4]).data())).toEqual([6, 0, 0, 5]);
    expect(Array.from(await tf.gatherND(tf.range(0, 4), indices).data())).toEqual([3, 0]);
    const line = tf.tensor1d([3, 0, 3], 'int32');
    expect(Array.from(await tf.scatterND(line, tf.tensor1d([5, 6, 7]), [4]).data())).toEqual([6, 0, 0, 12]);
    expect(Array.from(await tf.gatherND(tf.eye(4), tf.tensor1d([2, 2], 'int32')).data())).toEqual([1]);
    expect(Array.from(await tf.sparseToDense(tf.scalar(2, 'int32'), tf.scalar(7), [4], 1).data())).toEqual([
      1, 1, 7, 1,
    ]);
  });

  it('refuses fractions of a pixel', () => {
    const pictures = tf.ones<tf.Rank.R4>([1, 5, 2, 3]);
    expect(() => tf.pool(pictures, 1, 'max', 'same', 1.5, 1)).toThrow(/integers from 1, got \[1\.5,1\.5\]/);
    expect(() => tf.image.resizeBilinear(pictures, [2.5, 3])).toThrow(/integers from 0, got \[2\.5,3\]/);
    expect(() => tf.image.resizeNearestNeighbor(pictures, [3, -1])).toThrow(/got \[3,-1\].*\[1,5,2,3\]/);
    expect(tf.image.resizeBilinear(pictures, [0, 3]).shape).toEqual([1, 0, 3, 3]);
  });

  it('refuses slices out of bounds', () => {
    expect(() => tf.slice(tf.zeros([2, 2]), [1, 1], [2, 1])).toThrow();
  });
});
