import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import '../index';
import { seededTensor } from '../testing/on-both-backends';
import { trainableVariables, twoOutputModel } from '../testing/replica-models';
import { createReplicas } from './create-replicas';

beforeAll(async () => {
  await tf.setBackend('wasm');
});

describe('a thousand steps on two workers', () => {
  it('leave memory flat, here and in the workers, batches of two sizes in turn', async () => {
    const model = twoOutputModel({ norm: true });
    const replicas = await createReplicas({ models: [model], workers: 2 });
    const optimizer = tf.train.sgd(1e-3);
    const batches = [seededTensor([8, 8, 8, 2], 1), seededTensor([5, 8, 8, 2], 2)];
    const step = async (count: number) => {
      const { value, grads } = await replicas.variableGrads(
        batches[count % 2] as tf.Tensor,
        ([pair]) => tf.addN((pair as tf.Tensor[]).map((output) => output.square().mean())) as tf.Scalar,
        trainableVariables([model]),
      );
      optimizer.applyGradients(grads);
      tf.dispose([value, grads] as never);
    };
    const { wasm } = tf.engine().backend as unknown as { wasm: { HEAPU8: Uint8Array } };
    const look = async () => ({
      tensors: tf.memory().numTensors,
      bytes: tf.memory().numBytes,
      heap: wasm.HEAPU8.length,
      workers: (await replicas.report()).map(({ tensors, heapBytes }) => [tensors, heapBytes]),
    });
    for (let count = 0; count < 20; count++) await step(count);
    const before = await look();
    for (let count = 0; count < 1000; count++) await step(count);
    expect(await look()).toEqual(before);
    await replicas.dispose();
    optimizer.dispose();
    tf.dispose([batches] as never);
    model.dispose();
  });
});
