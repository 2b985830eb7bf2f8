import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../../testing/seeded-tensor';
import { gradientCase, type ParityCase } from '../parity-case';

const chances = (seed: number) => seededTensor([5, 4], seed).mul(0.4).add(0.5);
const labels = () => tf.oneHot(tf.tensor1d([0, 1, 2, 3, 1], 'int32'), 4).cast('float32');

/** Loss functions of tf.losses; each with the labels it is made for. */
const losses: Record<string, (labels: tf.Tensor, predictions: tf.Tensor) => tf.Tensor> = {
  absoluteDifference: (y, x) => tf.losses.absoluteDifference(y, x),
  cosineDistance: (y, x) => tf.losses.cosineDistance(y, x, 1),
  hingeLoss: (y, x) => tf.losses.hingeLoss(y, x),
  huberLoss: (y, x) => tf.losses.huberLoss(y, x, undefined, 0.3),
  logLoss: (y, x) => tf.losses.logLoss(y, x),
  meanSquaredError: (y, x) => tf.losses.meanSquaredError(y, x),
  sigmoidCrossEntropy: (y, x) => tf.losses.sigmoidCrossEntropy(y, x),
  softmaxCrossEntropy: (y, x) => tf.losses.softmaxCrossEntropy(y, x),
  'softmaxCrossEntropy, smoothed': (y, x) => tf.losses.softmaxCrossEntropy(y, x, undefined, 0.1),
  'weighted meanSquaredError': (y, x) =>
    tf.losses.computeWeightedLoss(tf.squaredDifference(y, x), seededTensor([5, 1], 4)),
};

export const lossCases: ParityCase[] = Object.entries(losses).map(([name, loss]) =>
  gradientCase(
    name,
    (x: tf.Tensor) => loss(labels(), x),
    () => [chances(1)],
  ),
);
