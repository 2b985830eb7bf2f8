import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { expectSameAsCpu, runOn, seededTensor } from '../testing/on-both-backends';

describe('split', () => {
  it.each([
    [[10], [3, 0, 7], 0],
    [[1, 6], [4, 2], 1],
    [[4, 3], [1, 3], 0],
    [[2, 6], [4, 2], 1],
  ])('of %j into %j along axis %i agrees with the CPU backend', async (shape, sizes, axis) => {
    await expectSameAsCpu(() => tf.split(seededTensor(shape, 1), sizes, axis));
  });

  it('keeps whole numbers and truth values', async () => {
    const [numbers] = await runOn('wasm', () => [
      tf.split(tf.tensor1d([1, 2, 3], 'int32'), [1, 2])[1] as tf.Tensor,
    ]);
    expect(numbers?.values).toEqual(Float32Array.from([2, 3]));
    const [truths] = await runOn('wasm', () => [
      tf.split(tf.tensor1d([true, false, true], 'bool'), [1, 2])[1] as tf.Tensor,
    ]);
    expect(truths?.values).toEqual(Float32Array.from([0, 1]));
  });

  it('gives biases that fused products take, reshaped as they may be', async () => {
    await expectSameAsCpu(() => {
      const bias = tf.split(seededTensor([1, 5], 1), [3, 2], 1)[0]?.reshape([3]) as tf.Tensor1D;
      return [tf.fused.matMul({ a: seededTensor([2, 4], 2), b: seededTensor([4, 3], 3), bias })];
    });
  });
});
