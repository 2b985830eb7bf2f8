import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import '../index';
import { FATAL, FragileLayer } from '../testing/fragile-layer';
import { createReplicas } from './create-replicas';
import { ReplicaFailedError } from './replica-failed-error';

beforeAll(async () => {
  await tf.setBackend('wasm');
});

const modules = [new URL('../testing/fragile-layer.ts', import.meta.url).href];
const mean = ([output]: (tf.Tensor | tf.Tensor[])[]) => (output as tf.Tensor).mean<tf.Scalar>();

function fragileModel(): tf.LayersModel {
  const [first, last] = [tf.layers.dense({ units: 3, inputShape: [2] }), tf.layers.dense({ units: 3 })];
  return tf.sequential({ layers: [first, new FragileLayer({}), last] });
}

/** A model whose first layer passes its input on, so that a fatal value reaches the fragile one. */
function passingOn(model: tf.LayersModel): tf.LayersModel {
  tf.tidy(() => {
    const [, ...rest] = model.getWeights();
    model.setWeights([tf.tensor2d([1, 0, 0, 0, 1, 0], [2, 3]), ...rest]);
  });
  return model;
}

describe('a worker that fails in the middle of a step', () => {
  it.each([
    { at: 'exits, forward', fatal: FATAL.exitForward, reason: /^Worker 1 exited with code 7\./ },
    { at: 'exits, backward', fatal: FATAL.exitBackward, reason: /^Worker 1 exited with code 8\./ },
    { at: 'throws', fatal: FATAL.throwForward, reason: /^Worker 1 failed: thrown on purpose\./ },
  ])('ends the run with an error, not a hang: $at', async ({ fatal, reason }) => {
    const model = passingOn(fragileModel());
    const replicas = await createReplicas({ models: [model], workers: 2, modules });
    const good = tf.ones([4, 2]);
    tf.dispose((await replicas.variableGrads(good, mean)) as never);
    const before = tf.memory().numTensors;
    // The third row belongs to worker 1; worker 0 waits for it at the barrier, or for the objective.
    const bad = tf.tensor2d([0, 0, 0, 0, fatal, 0, 0, 0], [4, 2]);
    const error = await replicas.variableGrads(bad, mean).catch((caught: unknown) => caught);
    bad.dispose();
    expect(ReplicaFailedError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ name: 'ReplicaFailedError', code: 'replica-failed', worker: 1 });
    expect((error as Error).message).toMatch(reason);
    expect((error as Error).message).toMatch(/Start again from there/);
    expect(tf.memory().numTensors).toBe(before);
    await expect(replicas.variableGrads(good, mean)).rejects.toBe(error);
    await replicas.dispose();
    good.dispose();
    model.dispose();
  });
});

describe('createReplicas refuses', () => {
  const model = () => tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });

  it('a custom layer that the workers do not know, and says how they learn of it', async () => {
    await expect(createReplicas({ models: [fragileModel()], workers: 1 })).rejects.toThrow(
      /^Worker 0 failed: the model 'sequential_\d+' cannot be rebuilt: Unknown layer: FragileLayer.*`modules`/s,
    );
  });

  it.each([0, -1, 1.5, Number.NaN, 'all' as 'auto'])('%s workers', async (workers) => {
    await expect(createReplicas({ models: [model()], workers })).rejects.toThrow(
      /^workers must be a positive integer or 'auto', but is /,
    );
  });

  it('models without trainable weights', async () => {
    await expect(createReplicas({ models: [], workers: 1 })).rejects.toThrow('trainable weights');
  });

  it('another backend than wasm', async () => {
    await tf.setBackend('cpu');
    await expect(createReplicas({ models: [model()], workers: 2 })).rejects.toThrow(/current one is 'cpu'/);
    await tf.setBackend('wasm');
  });
});

describe('replicas refuse', () => {
  it('inputs that do not fit, without ending the workers; and any call after dispose', async () => {
    const dense = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    const replicas = await createReplicas({ models: [dense], workers: 1 });
    const refused = async (inputs: Parameters<typeof replicas.variableGrads>[0], message: RegExp) =>
      expect(replicas.variableGrads(inputs, mean)).rejects.toThrow(message);
    await refused([tf.ones([2, 2]), tf.ones([2, 2])], /1 entries, one per model, but got 2/);
    await refused([[tf.ones([2, 2]), tf.ones([3, 2])]], /one length.*\[2,2\], \[3,2\]/);
    await refused(tf.ones([0, 2]), /not empty/);
    await refused(tf.ones([2, 2], 'bool'), /float32 or int32, but got bool/);
    const { value } = await replicas.variableGrads(tf.ones([2, 2]), mean);
    expect(Number.isFinite(value.dataSync()[0])).toBe(true);
    await replicas.dispose();
    await replicas.dispose();
    await refused(tf.ones([2, 2]), /have been disposed of/);
  });
});

describe('a process with idle replicas', () => {
  it('comes to an end by itself', () => {
    const script = fileURLToPath(new URL('../testing/exit-by-itself.ts', import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect({ status, stdout: stdout.trim() }, stderr).toEqual({ status: 0, stdout: 'step done: true' });
  });
});
