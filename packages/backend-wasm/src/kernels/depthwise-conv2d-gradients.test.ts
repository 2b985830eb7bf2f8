import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectSameAsCpu, seededTensor } from '../testing/on-both-backends';

interface Case {
  input: [number, number, number, number];
  filter: [number, number];
  multiplier: number;
  strides: [number, number];
  pad: 'same' | 'valid';
}

/** Output, input gradient and filter gradient of a depthwise convolution, weighted by fixed numbers. */
function depthwiseGradients({ input, filter, multiplier, strides, pad }: Case): tf.Tensor[] {
  const x = seededTensor<tf.Rank.R4>(input, 1);
  const w = seededTensor<tf.Rank.R4>([...filter, input[3], multiplier], 2);
  const y = tf.depthwiseConv2d(x, w, strides, pad);
  const dy = seededTensor<tf.Rank.R4>(y.shape, 3);
  const convolve = (a: tf.Tensor, b: tf.Tensor) =>
    tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad);
  return [y, ...tf.grads(convolve)([x, w], dy)];
}

describe('gradients of depthwiseConv2d', () => {
  it.each<[string, Case]>([
    ['stride 1', { input: [3, 8, 7, 9], filter: [3, 3], multiplier: 1, strides: [1, 1], pad: 'same' }],
    ['stride 2', { input: [3, 8, 7, 9], filter: [3, 3], multiplier: 1, strides: [2, 2], pad: 'same' }],
    [
      'two filters per channel',
      { input: [2, 6, 6, 3], filter: [3, 3], multiplier: 2, strides: [1, 1], pad: 'valid' },
    ],
    [
      'an uneven filter',
      { input: [2, 6, 5, 4], filter: [2, 5], multiplier: 1, strides: [1, 1], pad: 'same' },
    ],
    [
      'a filter larger than the input',
      { input: [2, 2, 2, 4], filter: [5, 5], multiplier: 1, strides: [1, 1], pad: 'same' },
    ],
    ['one pixel', { input: [1, 1, 1, 1], filter: [1, 1], multiplier: 1, strides: [1, 1], pad: 'valid' }],
  ])('agrees with the CPU backend for %s', async (_, example) => {
    await expectSameAsCpu(() => depthwiseGradients(example));
  });

  it('agrees with the CPU backend on random cases', async () => {
    const size = (max: number) => fc.integer({ min: 1, max });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(size(3), size(8), size(8), size(9)),
        fc.tuple(size(4), size(4)),
        size(3),
        size(3),
        fc.constantFrom('same' as const, 'valid' as const),
        async (input, filter, multiplier, stride, pad) => {
          fc.pre(pad === 'same' || (filter[0] <= input[1] && filter[1] <= input[2]));
          await expectSameAsCpu(() =>
            depthwiseGradients({ input, filter, multiplier, strides: [stride, stride], pad }),
          );
        },
      ),
      { numRuns: 80 },
    );
  });
});
