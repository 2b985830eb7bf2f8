import * as tf from '@tensorflow/tfjs';
import { seededValues } from './on-both-backends';

/** Convolution, optional BatchNorm and dropout, and two outputs: what a stochastic encoder looks like. */
export function twoOutputModel({
  norm,
  dropout = false,
}: {
  norm: boolean;
  dropout?: boolean;
}): tf.LayersModel {
  const input = tf.input({ shape: [8, 8, 2] });
  let x = tf.layers.conv2d({ filters: 6, kernelSize: 3, strides: 2 }).apply(input) as tf.SymbolicTensor;
  if (norm) x = tf.layers.batchNormalization().apply(x) as tf.SymbolicTensor;
  x = tf.layers.activation({ activation: 'elu' }).apply(x) as tf.SymbolicTensor;
  x = tf.layers.flatten().apply(x) as tf.SymbolicTensor;
  if (dropout) x = tf.layers.dropout({ rate: 0.5, seed: 3 }).apply(x) as tf.SymbolicTensor;
  const outputs = [4, 3].map((units) => tf.layers.dense({ units }).apply(x) as tf.SymbolicTensor);
  return withSeededWeights(tf.model({ inputs: input, outputs }), 1);
}

/** One dense layer's worth of a second model that sees the same pictures. */
export function smallModel(): tf.LayersModel {
  const model = tf.sequential({
    layers: [tf.layers.flatten({ inputShape: [8, 8, 2] }), tf.layers.dense({ units: 4, activation: 'tanh' })],
  });
  return withSeededWeights(model, 50);
}

/** Weights that follow from the seed; scales and variances positive. */
export function withSeededWeights(model: tf.LayersModel, seed: number): tf.LayersModel {
  tf.tidy(() => {
    model.setWeights(
      model.getWeights().map((weight, index) => {
        const values = seededValues(weight.size, seed + index).map((value) => value * 0.3);
        const positive = /gamma|variance/.test(model.weights[index]?.name ?? '');
        return tf.tensor(positive ? values.map((value) => 1 + Math.abs(value)) : values, weight.shape);
      }),
    );
  });
  return model;
}

export function trainableVariables(models: readonly tf.LayersModel[]): tf.Variable[] {
  return models.flatMap((model) => model.trainableWeights.map((weight) => weight.read() as tf.Variable));
}

/** Contrastive (InfoNCE): each row's partner must score higher than every other row of the whole batch. */
export function contrastiveLoss(one: tf.Tensor2D, other: tf.Tensor2D, critic: tf.Variable): tf.Scalar {
  const scores = tf.matMul(tf.matMul(one, critic as tf.Tensor as tf.Tensor2D), other, false, true);
  const partners = tf.eye(one.shape[0]);
  return tf.losses.softmaxCrossEntropy(partners, scores) as tf.Scalar;
}
