import '@factornet/backend-wasm';
import { seededTensor } from '@factornet/backend-wasm/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { type Backbone, convolutional, mobileNetV2, multiTaskClassifier, residual } from './index';

const classes = 4;

/** Losses of eight steps of stochastic gradient descent. */
async function losses(backend: 'cpu' | 'wasm', backbone: Backbone, rate: number): Promise<number[]> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const engine = tf.engine();
  engine.startScope();
  const model = multiTaskClassifier({
    backbone,
    inputShape: [16, 16, 3],
    seed: 3,
    name: 'net',
    tasks: [{ name: 'shape', classes }],
  });
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimizer = tf.train.sgd(rate);
  const x = seededTensor([4, 16, 16, 3], 7);
  const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 3], 'int32'), classes).toFloat();
  const curve: number[] = [];
  for (let step = 0; step < 8; step++) {
    const loss = optimizer.minimize(
      () => tf.losses.softmaxCrossEntropy(labels, model.apply(x, { training: true }) as tf.Tensor),
      true,
      variables,
    ) as tf.Scalar;
    curve.push((await loss.data())[0] as number);
  }
  optimizer.dispose();
  model.dispose();
  engine.endScope();
  expect(tf.memory().numTensors).toBe(before);
  return curve;
}

describe('the zoo trains on WASM along the loss curve of the CPU backend', () => {
  it.each<[string, number, Backbone]>([
    ['convolutional', 0.05, convolutional({ filters: [8, 12, 16] })],
    ['residual', 0.05, residual({ filters: [8, 12] })],
    // 52 layers with a gradient of norm 29, in which one rounding moves some ReLU6 across its kink and parts of the
    // gradient by a fifth (on one backend, too): only small steps make a curve that two backends can share.
    ['mobileNetV2', 1e-4, mobileNetV2({ width: 0.25, strides: [1, 1, 1, 2, 1, 1, 1] })],
  ])('%s', async (_, rate, backbone) => {
    const expected = await losses('cpu', backbone, rate);
    const actual = await losses('wasm', backbone, rate);
    expect(actual.at(-1)).toBeLessThan(actual[0] as number);
    actual.forEach((loss, step) => {
      const wanted = expected[step] as number;
      expect(Math.abs(loss - wanted), `step ${step}: ${loss}, on the CPU ${wanted}`).toBeLessThan(
        1e-3 * wanted,
      );
    });
  });
});
