import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectSameAsCpu, seededTensor } from '../testing/on-both-backends';

describe('matrix products', () => {
  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('agree with the CPU backend, transposed %s, %s', async (transposeA, transposeB) => {
    const shape = (rows: number, columns: number, transposed: boolean) =>
      transposed ? [columns, rows] : [rows, columns];
    for (const [rows, inner, columns] of [
      [1, 1, 1],
      [5, 7, 3],
      [33, 18, 21],
      [4, 100, 10],
    ] as const) {
      await expectSameAsCpu(() => {
        const a = seededTensor<tf.Rank.R2>(shape(rows, inner, transposeA), 1);
        const b = seededTensor<tf.Rank.R2>(shape(inner, columns, transposeB), 2);
        const product = (left: tf.Tensor, right: tf.Tensor) => tf.matMul(left, right, transposeA, transposeB);
        const fused = tf.fused.matMul({ a, b, transposeA, transposeB, activation: 'relu' });
        return [product(a, b), fused, ...tf.grads((left, right) => product(left, right).square())([a, b])];
      });
    }
  });

  it('agree with the CPU backend for batches of matrices', async () => {
    await expectSameAsCpu(() => {
      const a = seededTensor<tf.Rank.R3>([3, 4, 5], 1);
      const b = seededTensor<tf.Rank.R3>([3, 6, 5], 2);
      return tf.grads((left, right) => tf.matMul(left, right, false, true).square())([a, b]);
    });
  });
});

describe('sums and means', () => {
  it('agree with the CPU backend over any axes, with their gradients', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 15 }),
        fc.boolean(),
        async (shape, mask, keepDims) => {
          const axes = shape.map((_, axis) => axis).filter((axis) => mask & (1 << axis));
          fc.pre(axes.length > 0);
          await expectSameAsCpu(() => {
            const x = seededTensor(shape, 1);
            return [
              tf.sum(x, axes, keepDims),
              tf.mean(x, axes, keepDims),
              tf.grad((value) => tf.sum(value, axes, keepDims).square())(x),
              tf.grad((value) => tf.mean(value, axes, keepDims).square())(x),
            ];
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  it('stay exact over many rows, a prime number of them too', async () => {
    for (const rows of [2048 * 3, 4099]) {
      await expectSameAsCpu(() => [tf.sum(seededTensor([rows, 8], 1).add(3), 0)], 1e-5);
    }
  });

  it('agree with the CPU backend on whole numbers and empty tensors', async () => {
    await expectSameAsCpu(() => [
      tf.sum(tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [2, 4], 'int32'), 0),
      tf.sum(tf.zeros([0, 8]), 0),
      tf.sum(tf.zeros([3, 0, 8]), 1),
    ]);
  });
});

describe('unsortedSegmentSum', () => {
  it('agrees with the CPU backend', async () => {
    await expectSameAsCpu(() => [
      tf.unsortedSegmentSum(seededTensor([6, 3], 1), tf.tensor1d([0, 3, 1, 0, -1, 9], 'int32'), 5),
      tf.unsortedSegmentSum(seededTensor([4], 1), tf.tensor1d([1, 1, 1, 0], 'int32'), 2),
      tf.unsortedSegmentSum(tf.tensor1d([1, 2, 3], 'int32'), tf.tensor1d([1, 0, 1], 'int32'), 2).toFloat(),
    ]);
  });

  it('gives gather and embeddings their gradient', async () => {
    const indices = () => tf.tensor1d([2, 0, 2, 1], 'int32');
    await expectSameAsCpu(() => [
      tf.grad((table) => tf.gather(table, indices()).square())(seededTensor([4, 5], 1)),
      tf.grad((table) => tf.gather(table, indices(), 1).square())(seededTensor([2, 3, 5], 1)),
    ]);
  });
});
