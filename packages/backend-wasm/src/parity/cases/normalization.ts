import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../../testing/seeded-tensor';
import { gradientCase, type ParityCase } from '../parity-case';

const shapes = [
  [4, 6],
  [3, 5, 4],
  [2, 5, 3, 8],
  [1, 1, 1, 3],
  [2, 3, 3, 1],
];
const positive = (shape: number[], seed: number) => seededTensor(shape, seed).abs().add(0.1);

export const normalizationCases: ParityCase[] = [
  ...shapes.flatMap((shape) => {
    const channels = shape.slice(-1);
    return [channels, shape].map((parameters) =>
      gradientCase(
        `batchNorm [${shape}] by [${parameters}]`,
        (x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor, offset: tf.Tensor, scale: tf.Tensor) =>
          tf.batchNorm(
            x,
            mean as tf.Tensor1D,
            variance as tf.Tensor1D,
            offset as tf.Tensor1D,
            scale as tf.Tensor1D,
          ),
        () => [
          seededTensor(shape, 1),
          seededTensor(parameters, 2),
          positive(parameters, 3),
          seededTensor(parameters, 4),
          seededTensor(parameters, 5),
        ],
      ),
    );
  }),
  ...shapes.slice(0, 3).map((shape) =>
    gradientCase(
      `batch normalization in training [${shape}]`,
      (x: tf.Tensor, offset: tf.Tensor1D, scale: tf.Tensor1D) => {
        const axes = shape.slice(1).map((_, axis) => axis);
        const { mean, variance } = tf.moments(x, axes);
        return tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, offset, scale, 1e-3);
      },
      () => [
        seededTensor(shape, 1),
        seededTensor<tf.Rank.R1>(shape.slice(-1), 2),
        seededTensor<tf.Rank.R1>(shape.slice(-1), 3),
      ],
    ),
  ),
  ...[0, 1, 5].map((radius) =>
    gradientCase(
      `localResponseNormalization, radius ${radius}`,
      (x: tf.Tensor4D) => tf.localResponseNormalization(x, radius, 1.2, 0.8, 0.6),
      () => [seededTensor<tf.Rank.R4>([2, 3, 4, 6], 1)],
    ),
  ),
];
