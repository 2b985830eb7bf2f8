import { type io, loadLayersModel, randomNormal, type Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { expectNoLeak } from '../testing/no-leak';
import { smallNetwork } from './fixture';
import { decodeModel, encodeModel, modelDigest } from './model-bytes';

beforeAll(async () => {
  await useBackend('cpu');
});

describe('encodeModel and decodeModel', () => {
  it('are inverse, bit for bit', async () => {
    const original = smallNetwork(1);
    const encoded = await encodeModel(original, 'weights.bin');
    const decoded = await decodeModel(encoded);
    expect(await encodeModel(decoded, 'weights.bin')).toEqual(encoded);
    const pictures = randomNormal([3, 4, 4, 2], 0, 1, 'float32', 5);
    const [expected, received] = [original, decoded].map((model) => model.predict(pictures) as Tensor);
    expect(await received?.data()).toEqual(await expected?.data());
  });

  it('gives equal bytes for equal networks made twice, other bytes for other weights', async () => {
    const first = await encodeModel(smallNetwork(1), 'weights.bin');
    const twin = await encodeModel(smallNetwork(1), 'weights.bin');
    const other = await encodeModel(smallNetwork(2), 'weights.bin');
    expect(twin).toEqual(first);
    expect(other.weights).not.toEqual(first.weights);
  });

  it('decodes weights that are a view into a larger buffer', async () => {
    const { topology, weights } = await encodeModel(smallNetwork(1), 'weights.bin');
    const larger = new Uint8Array(weights.length + 24);
    larger.set(weights, 16);
    const decoded = await decodeModel({ topology, weights: larger.subarray(16, 16 + weights.length) });
    expect((await encodeModel(decoded, 'weights.bin')).weights).toEqual(weights);
  });

  it('writes what tf.loadLayersModel opens through a plain IOHandler, without us', async () => {
    const original = smallNetwork(3);
    const { topology, weights } = await encodeModel(original, 'weights.bin');
    const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(topology));
    expect(weightsManifest[0].paths).toEqual(['weights.bin']);
    const handler: io.IOHandler = {
      load: async () => ({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: weights.slice().buffer,
      }),
    };
    const opened = await loadLayersModel(handler);
    const pictures = randomNormal([2, 4, 4, 2], 0, 1, 'float32', 6);
    const [expected, received] = [original, opened].map((model) => model.predict(pictures) as Tensor);
    expect(await received?.data()).toEqual(await expected?.data());
  });

  it('does not name the release of TensorFlow.js, which is no part of the function', async () => {
    const { topology } = await encodeModel(smallNetwork(1), 'weights.bin');
    expect(new TextDecoder().decode(topology)).not.toMatch(/\b4\.\d+\.\d+/);
  });

  it('leak nothing', async () => {
    const model = smallNetwork(1);
    const encoded = await encodeModel(model, 'weights.bin');
    await expectNoLeak(() => encodeModel(model, 'weights.bin'));
    await expectNoLeak(async () => (await decodeModel(encoded)).dispose());
  });
});

describe('modelDigest', () => {
  it('tells functions apart by weights and by topology, and nothing else', async () => {
    const digests = await Promise.all([1, 1, 2].map((seed) => modelDigest(smallNetwork(seed))));
    expect(digests[0]).toMatch(/^sha512-/);
    expect(digests[1]).toBe(digests[0]);
    expect(digests[2]).not.toBe(digests[0]);
    expect(await modelDigest(smallNetwork(1, 'renamed'))).not.toBe(digests[0]);
    const reread = await decodeModel(await encodeModel(smallNetwork(1), 'another-name.bin'));
    expect(await modelDigest(reread)).toBe(digests[0]);
  });

  it('leaks nothing', async () => {
    const model = smallNetwork(1);
    await expectNoLeak(() => modelDigest(model));
  });
});
