import * as tf from '@tensorflow/tfjs';
import { describe, it } from 'vitest';
import { expectSameAsCpu, seededTensor } from '../testing/on-both-backends';

/** Outputs of fewer than 64 pixels are the stock kernel's, larger ones ours; both have to be right. */
describe('forward convolutions where the stock kernel goes wrong', () => {
  it.each([[5], [24]])('take padding as a number off squares, %i pixels wide', async (size) => {
    await expectSameAsCpu(() => [
      tf.conv2d(
        seededTensor<tf.Rank.R4>([2, size, size, 3], 1),
        seededTensor<tf.Rank.R4>([3, 2, 3, 4], 2),
        [1, 1],
        1,
      ),
    ]);
  });

  it.each([[5], [24]])('take filters smaller than the stride, %i pixels wide', async (size) => {
    await expectSameAsCpu(() => [
      tf.conv2d(
        seededTensor<tf.Rank.R4>([2, size, size, 3], 1),
        seededTensor<tf.Rank.R4>([1, 1, 3, 4], 2),
        [2, 2],
        'same',
      ),
    ]);
  });
});
