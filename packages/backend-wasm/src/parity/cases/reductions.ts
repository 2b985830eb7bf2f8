import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../../testing/seeded-tensor';
import { gradientCase, type ParityCase } from '../parity-case';

const reductions: Record<
  string,
  (x: tf.Tensor, axis: number | number[] | undefined, keep: boolean) => tf.Tensor
> = {
  sum: tf.sum,
  mean: tf.mean,
  max: tf.max,
  min: tf.min,
  prod: tf.prod,
  logSumExp: tf.logSumExp,
  variance: (x, axis, keep) => tf.moments(x, axis, keep).variance,
  norm: (x, axis, keep) =>
    tf.norm(x, 'euclidean', Array.isArray(axis) && axis.length > 2 ? undefined : axis, keep),
};

const axes: [number[], number | number[] | undefined][] = [
  [[5], 0],
  [[1], undefined],
  [[4, 6], 0],
  [[4, 6], 1],
  [
    [2, 3, 4],
    [0, 2],
  ],
  [[2, 3, 4], 1],
  [
    [2, 5, 3, 4],
    [1, 2],
  ],
  [
    [2, 5, 3, 4],
    [0, 1, 2],
  ],
  [[2, 5, 3, 4], undefined],
  [[2, 5, 3, 4], -1],
  [
    [3, 1, 1, 8],
    [1, 2],
  ],
];

export const reductionCases: ParityCase[] = [
  ...Object.entries(reductions).flatMap(([name, reduce]) =>
    axes
      // TensorFlow.js's gradient of prod knows no negative axes.
      .filter(([, axis]) => name !== 'prod' || axis !== -1)
      .flatMap(([shape, axis]) =>
        [false, true].map((keep) =>
          gradientCase(
            `${name} [${shape}] over ${axis ?? 'all'}${keep ? ', kept' : ''}`,
            (x: tf.Tensor) => reduce(x, axis, keep),
            () => [seededTensor(shape, 1).add(name === 'prod' ? 2 : 0)],
          ),
        ),
      ),
  ),
  ...[false, true].flatMap((exclusive) =>
    [false, true].flatMap((reverse) => [
      // Along other axes TensorFlow.js transposes the gradient, on every backend.
      ...[[5], [3, 5], [2, 3, 4]].map((shape) =>
        gradientCase(
          `cumsum [${shape}] ${exclusive} ${reverse}`,
          (x: tf.Tensor) => tf.cumsum(x, shape.length - 1, exclusive, reverse),
          () => [seededTensor(shape, 1)],
        ),
      ),
      {
        name: `cumsum along the first axis, ${exclusive} ${reverse}`,
        run: () => [tf.cumsum(seededTensor([3, 5, 2], 1), 0, exclusive, reverse)],
      },
      {
        name: `cumprod ${exclusive} ${reverse}`,
        run: () => [tf.cumprod(seededTensor([3, 5, 2], 1), 1, exclusive, reverse)],
      },
    ]),
  ),
  gradientCase(
    'argMax and argMin',
    (x: tf.Tensor) => tf.argMax(x, 1).add(tf.argMin(x, 1)),
    () => [seededTensor([4, 5], 1)],
  ),
  {
    name: 'all and any',
    run: () => [seededTensor([3, 4], 1).greater(0).all(1), seededTensor([3, 4], 1).greater(0).any(0)],
  },
  { name: 'topk', run: () => Object.values(tf.topk(seededTensor([3, 9], 1), 4)) },
  { name: 'sum of an empty batch', run: () => [tf.sum(tf.zeros([0, 3]), 0), tf.mean(tf.zeros([2, 0]), 0)] },
];
