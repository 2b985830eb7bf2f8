import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../../testing/seeded-tensor';
import type { ParityCase } from '../parity-case';
import { seedWeights } from './layers';

const optimizers: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9, true),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.1),
  adam: () => tf.train.adam(0.05),
  adamax: () => tf.train.adamax(0.05),
  rmsprop: () => tf.train.rmsprop(0.05, 0.9, 0.5, undefined, true),
};

function network(
  options: { regularize?: tf.serialization.Serializable; constrain?: object } = {},
): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [5, 5, 2], filters: 4, kernelSize: 3, activation: 'relu' }),
      tf.layers.flatten(),
      tf.layers.dense({
        units: 3,
        activation: 'softmax',
        ...(options.regularize && { kernelRegularizer: options.regularize as never }),
        ...(options.constrain && { kernelConstraint: options.constrain as never }),
      }),
    ],
  });
  seedWeights(model);
  return model;
}

/** Weights after three steps. */
async function trained(
  model: tf.LayersModel,
  optimizer: tf.Optimizer,
  loss: string,
  labels: tf.Tensor,
): Promise<tf.Tensor[]> {
  model.compile({ optimizer, loss });
  const x = seededTensor([4, 5, 5, 2], 7);
  for (let step = 0; step < 3; step++) await model.trainOnBatch(x, labels);
  const weights = model.getWeights().map((weight) => weight.clone());
  model.dispose();
  optimizer.dispose();
  // MomentumOptimizer keeps what SGDOptimizer, which it extends, would dispose of (TensorFlow.js 4.22).
  (optimizer as unknown as { c?: tf.Tensor }).c?.dispose();
  return weights;
}

const oneHot = () => tf.oneHot(tf.tensor1d([0, 1, 2, 1], 'int32'), 3).cast('float32');
const classes = () => tf.tensor2d([[0], [1], [2], [1]]);

const losses = [
  'meanSquaredError',
  'meanAbsoluteError',
  'meanAbsolutePercentageError',
  'meanSquaredLogarithmicError',
  'squaredHinge',
  'hinge',
  'categoricalHinge',
  'logcosh',
  'categoricalCrossentropy',
  'sparseCategoricalCrossentropy',
  'binaryCrossentropy',
  'kullbackLeiblerDivergence',
  'poisson',
  'cosineProximity',
];

export const trainingCases: ParityCase[] = [
  ...Object.entries(optimizers).map(([name, make]) => ({
    name: `optimizer ${name}`,
    run: () => trained(network(), make(), 'categoricalCrossentropy', oneHot()),
  })),
  ...losses.map((loss) => ({
    name: `loss ${loss}`,
    run: () => trained(network(), tf.train.sgd(0.01), loss, loss.startsWith('sparse') ? classes() : oneHot()),
  })),
  ...Object.entries({
    l1: () => tf.regularizers.l1({ l1: 0.05 }),
    l2: () => tf.regularizers.l2({ l2: 0.05 }),
    l1l2: () => tf.regularizers.l1l2({ l1: 0.02, l2: 0.05 }),
  }).map(([name, make]) => ({
    name: `regularizer ${name}`,
    run: () =>
      trained(network({ regularize: make() }), tf.train.sgd(0.1), 'categoricalCrossentropy', oneHot()),
  })),
  ...Object.entries({
    maxNorm: () => tf.constraints.maxNorm({ maxValue: 0.6, axis: 0 }),
    minMaxNorm: () => tf.constraints.minMaxNorm({ minValue: 0.4, maxValue: 0.6, axis: 0 }),
    nonNeg: () => tf.constraints.nonNeg(),
    unitNorm: () => tf.constraints.unitNorm({ axis: 0 }),
  }).map(([name, make]) => ({
    name: `constraint ${name}`,
    run: () =>
      trained(network({ constrain: make() }), tf.train.sgd(0.1), 'categoricalCrossentropy', oneHot()),
  })),
];
