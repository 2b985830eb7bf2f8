import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../', import.meta.url));

/** As in the README: what a user's program does with the published files. */
const program = `
import * as tf from '@tensorflow/tfjs';
import '@factornet/backend-wasm';
import { createReplicas } from '@factornet/backend-wasm/workers';

await tf.setBackend('wasm');
const model = tf.sequential({ layers: [
  tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 4, kernelSize: 3, activation: 'relu' }),
  tf.layers.flatten(), tf.layers.dense({ units: 2 })] });
const images = tf.randomNormal([10, 8, 8, 1], 0, 1, 'float32', 1);
const labels = tf.oneHot(tf.tensor1d([0, 1, 0, 1, 0, 1, 0, 1, 0, 1], 'int32'), 2).toFloat();
const optimizer = tf.train.adam(0.02);
const replicas = await createReplicas({ models: [model], workers: 2 });
const losses = [];
for (let step = 0; step < 20; step++) {
  const { value, grads } = await replicas.variableGrads(images, ([logits]) =>
    tf.losses.softmaxCrossEntropy(labels, logits));
  optimizer.applyGradients(grads);
  losses.push((await value.data())[0]);
  tf.dispose([value, grads]);
}
await replicas.dispose();
console.log(JSON.stringify([losses[0], losses.at(-1)]));
`;

describe('the built package', () => {
  it('starts its worker file and trains', () => {
    if (!existsSync(new URL('../../dist/replica-worker.js', import.meta.url))) {
      throw new Error('This test runs the built package, which is absent: run `pnpm build` first.');
    }
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(status, stderr).toBe(0);
    const [first, last] = JSON.parse(stdout.trim()) as [number, number];
    expect(last).toBeLessThan(first / 2);
  });
});
