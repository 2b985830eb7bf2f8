import { type LayersModel, layers, memory, sequential, type Tensor, zeros } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { decodeModel, encodeModel } from './model-bytes';
import type { ModelBytes } from './two-files';

beforeAll(() => useBackend('cpu'));

/** With layers that no package may have. */
const teacher = () =>
  sequential({
    name: 'teacher',
    layers: [
      layers.upSampling2d({ name: 'larger', size: [2, 2], inputShape: [4, 4, 3] }),
      layers.reshape({ name: 'rows', targetShape: [8, 24] }),
      layers.bidirectional({ name: 'both', layer: layers.gru({ units: 3 }) as never }),
      layers.layerNormalization({ name: 'norm' }),
      layers.dense({ name: 'logits', units: 2 }),
    ],
  });

// biome-ignore lint/suspicious/noExplicitAny: tests break JSON in every place.
const changed = ({ topology, weights }: ModelBytes, change: (layer: (name: string) => any) => void) => {
  const json = JSON.parse(new TextDecoder().decode(topology));
  change((name) =>
    json.modelTopology.config.layers.find((each: { config: { name: string } }) => each.config.name === name),
  );
  return { topology: new TextEncoder().encode(JSON.stringify(json)), weights };
};

describe('decodeModel', () => {
  it('takes whatever layers there are', async () => {
    const model = teacher();
    const read = await decodeModel(await encodeModel(model, 'weights.bin'));
    const answer = async (one: LayersModel) => (one.predict(zeros([1, 4, 4, 3]).add(0.3)) as Tensor).data();
    expect(await answer(read)).toEqual(await answer(model));
    read.dispose();
    model.dispose();
  });

  it.each<[string, string, number, RegExp]>([
    ['logits', 'units', 800_000, /the layer logits asks for more weights than the file holds/],
    ['larger', 'size', 100_000, /the layer larger puts out|asks for more weights/],
  ])('makes no layer %s with %s %i', async (name, option, value, message) => {
    const model = teacher();
    const bytes = await encodeModel(model, 'weights.bin');
    model.dispose();
    const evil = changed(bytes, (layer) => {
      layer(name).config[option] = Array.isArray(layer(name).config[option]) ? [value, value] : value;
    });
    const [tensors, rss] = [memory().numTensors, process.memoryUsage().arrayBuffers];
    await expect(decodeModel(evil)).rejects.toThrow(message);
    expect(memory().numTensors).toBe(tensors);
    expect(process.memoryUsage().arrayBuffers - rss).toBeLessThan(10e6);
  });

  it('takes no weights that are NaN, and none that the file does not hold', async () => {
    const model = teacher();
    const { topology, weights } = await encodeModel(model, 'weights.bin');
    model.dispose();
    const broken = weights.slice();
    broken.fill(255, 0, 4);
    await expect(decodeModel({ topology, weights: broken })).rejects.toMatchObject({ rule: 'weight-values' });
    await expect(decodeModel({ topology, weights: weights.slice(4) })).rejects.toMatchObject({
      rule: 'weight-spec',
    });
  });
});
