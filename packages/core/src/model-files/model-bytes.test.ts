import {
  constraints,
  type io,
  type LayersModel,
  layers,
  loadLayersModel,
  randomNormal,
  sequential,
  type Tensor,
  tensor,
  tensor2d,
  type Variable,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { expectNoLeak } from '../testing/no-leak';
import { smallNetwork } from './fixture';
import { decodeModel, decodePackedModel, encodeModel, modelDigest } from './model-bytes';

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

describe('what only training looks at', () => {
  const limits = { nonNeg: constraints.nonNeg(), unitNorm: constraints.unitNorm({ axis: 0 }) };
  const constrained = (kernelConstraint = limits.nonNeg) =>
    sequential({
      name: 'net',
      layers: [
        layers.dense({
          name: 'dense',
          units: 2,
          inputShape: [1],
          kernelConstraint,
          biasConstraint: limits.nonNeg,
        }),
        layers.batchNormalization({
          name: 'norm',
          gammaConstraint: limits.nonNeg,
          betaConstraint: limits.nonNeg,
        }),
      ],
    });
  /** As training does it: without the constraints. */
  const assign = (model: LayersModel, values: readonly number[][]) => {
    for (const [index, weight] of model.weights.entries()) {
      (weight.read() as Variable).assign(tensor(values[index] ?? [], weight.shape as number[]));
    }
  };
  const answer = async (model: LayersModel) => [...(await (model.predict(tensor2d([[2]])) as Tensor).data())];
  const trained = [
    [-3, 4],
    [-1, 2],
    [-1, 1],
    [-5, 0],
    [0, 0],
    [0.999, 0.999],
  ];

  it.each(Object.entries(limits))('is left out: a network with %s comes back as it was', async (_, limit) => {
    const model = constrained(limit);
    assign(model, trained);
    const expected = await answer(model);
    expect(expected.map(Math.round)).toEqual([2, 10]);
    const encoded = await encodeModel(model, 'weights.bin');
    expect(new TextDecoder().decode(encoded.topology)).not.toMatch(/NonNeg|UnitNorm/);
    expect(await answer(await decodeModel(encoded))).toEqual(expected);
    expect(await answer((await decodePackedModel(encoded, 'x')).model)).toEqual(expected);
  });

  it('is overlooked in the file of another program', async () => {
    const model = constrained();
    assign(model, trained);
    const { topology, weights } = await encodeModel(model, 'weights.bin');
    const text = new TextDecoder().decode(topology);
    for (const field of ['kernel_constraint', 'kernelConstraint']) {
      const foreign = text.replace(
        '"kernel_constraint":null',
        `"${field}":{"class_name":"NonNeg","config":{}}`,
      );
      const read = await decodeModel({ topology: new TextEncoder().encode(foreign), weights });
      expect(await answer(read)).toEqual(await answer(model));
    }
  });

  const freeze: Record<string, (model: LayersModel) => void> = {
    'the model': (model) => {
      model.trainable = false;
    },
    'one layer': (model) => {
      model.getLayer('small-convolution').trainable = false;
    },
    'batch normalization': (model) => {
      model.getLayer('small-normalization').trainable = false;
    },
    'one weight': (model) => {
      (model.weights[0] as { trainable: boolean }).trainable = false;
    },
  };
  it.each(Object.entries(freeze))(
    'is left out: %s frozen gives the same bytes, and stays frozen',
    async (_, act) => {
      const model = smallNetwork(1);
      const before = await encodeModel(model, 'weights.bin');
      act(model);
      const frozen = () => [model, ...model.layers, ...model.weights].map(({ trainable }) => trainable);
      const flags = frozen();
      expect(flags).toContain(false);
      expect(await encodeModel(model, 'weights.bin')).toEqual(before);
      expect(await modelDigest(model)).toBe(await modelDigest(smallNetwork(1)));
      expect(frozen()).toEqual(flags);
    },
  );

  it('is left out in a model within the model, too', async () => {
    const nested = () => {
      const inner = smallNetwork(1, 'inner');
      return sequential({
        name: 'outer',
        layers: [inner, layers.dense({ name: 'last', units: 2, kernelInitializer: 'ones' })],
      });
    };
    const model = nested();
    const before = await modelDigest(model);
    for (const layer of (model.layers[0] as LayersModel).layers) layer.trainable = false;
    expect(await modelDigest(model)).toBe(before);
  });
});

describe('a separable convolution', () => {
  it('keeps its depth multiplier, which TensorFlow.js leaves out', async () => {
    const model = sequential({
      layers: [
        layers.separableConv2d({ inputShape: [5, 5, 3], filters: 4, kernelSize: 3, depthMultiplier: 2 }),
      ],
    });
    const encoded = await encodeModel(model, 'weights.bin');
    const pictures = randomNormal([2, 5, 5, 3], 0, 1, 'float32', 7);
    const expected = await (model.predict(pictures) as Tensor).data();
    const opened = [await decodeModel(encoded), (await decodePackedModel(encoded, 'x')).model];
    for (const read of opened) expect(await (read.predict(pictures) as Tensor).data()).toEqual(expected);
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
