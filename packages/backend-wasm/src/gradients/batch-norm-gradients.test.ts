import * as tf from '@tensorflow/tfjs';
import { describe, it } from 'vitest';
import { expectSameAsCpu, seededTensor } from '../testing/on-both-backends';

type Vectors = [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];

function normalize(x: tf.Tensor, [mean, variance, offset, scale]: Vectors): tf.Tensor {
  return tf.batchNorm(x, mean, variance, offset, scale, 1e-3).mul(seededTensor(x.shape, 9));
}

/** Mean, variance, offset and scale. Without a scale TensorFlow.js itself fails, on every backend. */
function parameters(shape: number[]): Vectors {
  const [mean, variance, offset, scale] = [2, 3, 4, 5].map((seed) => seededTensor(shape, seed)) as Vectors;
  return [mean, variance.abs().add(0.1), offset, scale];
}

describe('gradients of batchNorm', () => {
  it.each([[[4, 6]], [[3, 5, 4]], [[2, 5, 3, 8]], [[4, 16, 16, 8]], [[1, 1, 1, 3]]])(
    'agree with the CPU backend for %j',
    async (shape) => {
      await expectSameAsCpu(() =>
        tf.grads((x, ...vectors) => normalize(x as tf.Tensor, vectors as Vectors))([
          seededTensor(shape, 1),
          ...parameters(shape.slice(-1)),
        ]),
      );
    },
  );

  it('agree with the CPU backend when mean and variance are full tensors', async () => {
    await expectSameAsCpu(() =>
      tf.grads((x, ...vectors) => normalize(x as tf.Tensor, vectors as Vectors))([
        seededTensor([2, 3, 4], 1),
        ...parameters([2, 3, 4]),
      ]),
    );
  });

  it('agree with the CPU backend in training, through the moments', async () => {
    await expectSameAsCpu(() => {
      const train = (x: tf.Tensor, offset: tf.Tensor, scale: tf.Tensor) => {
        const { mean, variance } = tf.moments(x, [0, 1, 2]);
        return normalize(x, [mean, variance, offset, scale] as Vectors);
      };
      return tf.grads((...inputs) => train(...(inputs as [tf.Tensor, tf.Tensor, tf.Tensor])))([
        seededTensor([4, 6, 5, 8], 1),
        seededTensor([8], 2),
        seededTensor([8], 3),
      ]);
    });
  });

  it('have gradients themselves', async () => {
    await expectSameAsCpu(() => {
      const vectors = parameters([4]);
      const slope = tf.grad((x) => normalize(x, vectors).square().mean([0]).sum());
      return [tf.grad((x) => slope(x).square().sum())(seededTensor([3, 2, 2, 4], 1))];
    });
  });
});
