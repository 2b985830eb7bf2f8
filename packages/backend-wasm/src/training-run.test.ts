import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { seededTensor, seededValues } from './testing/on-both-backends';

/** Conv (strided), batch normalization, ReLU, max pooling, a residual block, global average pooling, dense. */
function smallNetwork(): tf.LayersModel {
  const input = tf.input({ shape: [12, 12, 3] });
  const convolve = (x: tf.SymbolicTensor, filters: number, strides: number): tf.SymbolicTensor => {
    const y = tf.layers
      .conv2d({ filters, kernelSize: 3, strides, padding: 'same', useBias: strides > 1 })
      .apply(x) as tf.SymbolicTensor;
    const normed = tf.layers.batchNormalization().apply(y) as tf.SymbolicTensor;
    return tf.layers.activation({ activation: 'relu' }).apply(normed) as tf.SymbolicTensor;
  };
  let x = convolve(input, 8, 2);
  x = tf.layers.add().apply([x, convolve(x, 8, 1)]) as tf.SymbolicTensor;
  x = tf.layers.maxPooling2d({ poolSize: 2 }).apply(x) as tf.SymbolicTensor;
  x = tf.layers
    .separableConv2d({ filters: 12, kernelSize: 3, activation: 'relu' })
    .apply(x) as tf.SymbolicTensor;
  x = tf.layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ units: 4 }).apply(x) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: output });
  model.setWeights(
    model.getWeights().map((weight, index) => {
      const values = seededValues(weight.size, index).map((value) => value * 0.5);
      const name = model.weights[index]?.name ?? '';
      const isScale = name.includes('gamma') || name.includes('variance');
      return tf.tensor(isScale ? values.map((value) => 1 + Math.abs(value)) : values, weight.shape);
    }),
  );
  return model;
}

/** Losses of a few Adam steps with softmax cross-entropy, and the tensors each step left behind. */
async function train(backend: 'cpu' | 'wasm', steps: number) {
  await tf.setBackend(backend);
  const scope = tf.engine().startScope();
  const model = smallNetwork();
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimizer = tf.train.adam(0.01);
  const x = seededTensor<tf.Rank.R4>([8, 12, 12, 3], 7);
  const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 3, 0, 1, 2, 3], 'int32'), 4).toFloat();
  const losses: number[] = [];
  const tensorsAfter: number[] = [];
  for (let step = 0; step < steps; step++) {
    const loss = optimizer.minimize(
      () =>
        tf.losses.softmaxCrossEntropy(labels, model.apply(x, { training: true }) as tf.Tensor2D) as tf.Scalar,
      true,
      variables,
    ) as tf.Scalar;
    losses.push((await loss.data())[0] as number);
    loss.dispose();
    tensorsAfter.push(tf.memory().numTensors);
  }
  optimizer.dispose();
  model.dispose();
  tf.engine().endScope(scope);
  return { losses, tensorsAfter };
}

describe('a training run', () => {
  it('follows the loss curve of the CPU backend and leaves nothing behind', async () => {
    const expected = await train('cpu', 12);
    const actual = await train('wasm', 12);
    expect(actual.losses.at(-1)).toBeLessThan((actual.losses[0] as number) * 0.8);
    actual.losses.forEach((loss, step) => {
      expect(Math.abs(loss - (expected.losses[step] as number))).toBeLessThan(5e-3);
    });
    expect(new Set(actual.tensorsAfter.slice(1)).size).toBe(1);
  });
});
