import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import '../index';
import { createReplicas } from './create-replicas';
import { checkWeights, descriptionOfModel } from './model-spec';

beforeAll(async () => {
  await tf.setBackend('wasm');
});

/** Dropout, inside a nested model and a wrapper, in front of a layer that passes everything on. */
function droppingModel(): tf.LayersModel {
  const inner = tf.sequential({
    layers: [tf.layers.dropout({ rate: 0.5, seed: 11, inputShape: [1, 40] })],
  });
  const wrapped = tf.layers.timeDistributed({ layer: tf.layers.dropout({ rate: 0.1, seed: 12 }) });
  const dense = tf.layers.dense({ units: 40, useBias: false, kernelInitializer: 'identity' });
  return tf.sequential({ layers: [inner, wrapped, dense] });
}

describe('seeded dropout', () => {
  it('draws as in this thread in worker 0, and a stream of its own in worker 1, in every step', async () => {
    const model = droppingModel();
    const x = tf.ones([2, 1, 40]);
    const replicas = await createReplicas({ models: [model], workers: 2 });
    const masks: number[][] = [];
    for (let step = 0; step < 2; step++) {
      const { value, grads } = await replicas.variableGrads(x, ([output]) => {
        const values = [...(output as tf.Tensor).dataSync()];
        masks.push(values.slice(0, 40), values.slice(40));
        return (output as tf.Tensor).mean();
      });
      tf.dispose([value, grads] as never);
    }
    await replicas.dispose();
    const first = tf.tidy(() => [
      ...(model.apply(tf.ones([1, 1, 40]), { training: true }) as tf.Tensor).dataSync(),
    ]);
    expect(masks[0]).toEqual(first);
    expect(masks[1]).not.toEqual(masks[0]);
    expect(masks[1]?.filter((kept) => kept === 0).length).toBeGreaterThan(8);
    expect(masks.slice(2)).toEqual(masks.slice(0, 2));
    x.dispose();
    model.dispose();
  });
});

describe('checkWeights', () => {
  it('refuses a model that came back with other weights', () => {
    const [one, other] = [3, 4].map((units) =>
      tf.sequential({ name: `m${units}`, layers: [tf.layers.dense({ units, inputShape: [2] })] }),
    ) as tf.LayersModel[] as [tf.LayersModel, tf.LayersModel];
    expect(() => checkWeights(one, descriptionOfModel(one, 0))).not.toThrow();
    expect(() => checkWeights(other, descriptionOfModel(one, 0))).toThrow(/'m3'.*\[2,3\].*\[2,4\]/);
    one.dispose();
    other.dispose();
  });
});
