import {
  losses,
  type Optimizer,
  oneHot,
  randomNormal,
  randomUniform,
  type Tensor,
  type Tensor2D,
  tidy,
  train,
  type Variable,
} from '@tensorflow/tfjs';
import type { BenchmarkNetwork } from './networks';

export interface TrainingPasses {
  /** `model.apply(x, { training: true })` without gradients, read back. */
  forward(): void;
  /** Forward, backward and update with `tf.train.sgd`. */
  step(): void;
  /** The same with `tf.train.adam`. */
  stepAdam(): void;
  dispose(): void;
}

/** What is timed of a network: a fresh model on the current backend, with one batch of random pictures. */
export function trainingPasses(network: BenchmarkNetwork, batch: number): TrainingPasses {
  const model = network.create();
  const { pictures, labels } = randomBatch(network, batch);
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  const apply = () => model.apply(pictures, { training: true }) as Tensor2D;
  // Small rates: labels are random, and weights that blow up would be timed on infinities.
  const sgd = train.sgd(1e-3);
  const adam = train.adam(1e-4);
  const step = (optimizer: Optimizer) =>
    void optimizer.minimize(() => losses.softmaxCrossEntropy(labels, apply()), false, variables);
  return {
    forward: () => tidy(() => void apply().dataSync()),
    step: () => step(sgd),
    stepAdam: () => step(adam),
    dispose() {
      for (const each of [pictures, labels, model, sgd, adam]) each.dispose();
    },
  };
}

/** Seeded pictures and one-hot labels of ten classes. */
export function randomBatch(
  { inputShape }: BenchmarkNetwork,
  batch: number,
): { pictures: Tensor; labels: Tensor2D } {
  return tidy(() => ({
    pictures: randomNormal([batch, ...inputShape], 0, 1, 'float32', 1),
    labels: oneHot(randomUniform([batch], 0, 10, 'int32', 2), 10) as Tensor2D,
  }));
}
