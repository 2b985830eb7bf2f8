import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../../testing/seeded-tensor';
import { gradientCase, type ParityCase } from '../parity-case';

const activations: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  elu: tf.elu,
  leakyRelu: (x) => tf.leakyRelu(x, 0.1),
  logSigmoid: tf.logSigmoid,
  logSoftmax: (x) => tf.logSoftmax(x),
  relu: tf.relu,
  relu6: (x) => tf.relu6(x.mul(10)),
  selu: tf.selu,
  sigmoid: tf.sigmoid,
  softmax: (x) => tf.softmax(x),
  softplus: tf.softplus,
  tanh: tf.tanh,
};

export const activationCases: ParityCase[] = [
  ...Object.entries(activations).flatMap(([name, compute]) =>
    [
      [1, 1],
      [3, 5],
      [2, 3, 3, 4],
      [1, 1, 1, 7],
    ].map((shape) =>
      gradientCase(
        `${name} [${shape}]`,
        (x: tf.Tensor) => compute(x),
        () => [seededTensor(shape, 1).mul(3)],
      ),
    ),
  ),
  ...[[4], [1], [3, 3, 4]].map((slopes) =>
    gradientCase(`prelu, slopes [${slopes}]`, tf.prelu, () => [
      seededTensor([2, 3, 3, 4], 1),
      seededTensor(slopes, 2),
    ]),
  ),
];
