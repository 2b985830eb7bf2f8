import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import './index';
import { seededTensor } from './testing/seeded-tensor';

describe('a thousand training steps', () => {
  it('leave tensors, buffers and the WASM heap as they were after ten', async () => {
    await tf.setBackend('wasm');
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [16, 16, 3], filters: 8, kernelSize: 3, strides: 2, padding: 'same' }),
        tf.layers.batchNormalization(),
        tf.layers.activation({ activation: 'relu' }),
        tf.layers.depthwiseConv2d({ kernelSize: 3 }),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 4 }),
      ],
    });
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const optimizer = tf.train.adam(1e-3);
    // Two sizes in turn, as an epoch's last batch is smaller.
    const batches = [8, 5].map((size) => ({
      x: seededTensor([size, 16, 16, 3], size),
      y: seededTensor([size, 4], size + 1),
    }));
    const look = () => ({
      tensors: tf.memory().numTensors,
      buffers: tf.memory().numDataBuffers,
      dataIds: tf.engine().backend.numDataIds(),
      heap: (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.buffer.byteLength,
    });
    const step = (count: number) => {
      const { x, y } = batches[count % 2] as { x: tf.Tensor; y: tf.Tensor };
      optimizer.minimize(
        () => tf.losses.meanSquaredError(y, model.apply(x, { training: true }) as tf.Tensor),
        false,
        variables,
      );
    };
    for (let count = 0; count < 10; count++) step(count);
    const before = look();
    for (let count = 0; count < 1000; count++) step(count);
    expect(look()).toEqual(before);
    model.dispose();
    optimizer.dispose();
    tf.dispose(batches as never);
  });
});
