import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  type CommonNetwork,
  concatenate,
  disposeBrick,
  type FactorNetwork,
  normalizeImages,
  useBackend,
} from '@factornet/core';
import { inspectModel } from '@factornet/core/internal';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { encodeModel } from '@factornet/core/training';
import { HUE, SHAPE, SIZE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import {
  DuplicateTaskError,
  IncompatibleCommonError,
  IntegrityError,
  InvalidOptionError,
  MultipleTrunksError,
  RefusedPackageError,
} from '@factornet/spec';
import {
  layers,
  loadLayersModel,
  model as makeModel,
  randomUniform,
  type SymbolicTensor,
  sequential,
  type Tensor,
  type Tensor4D,
  input as tfInput,
  tidy,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { goldenProbes } from '../probes/golden-probes';
import { packNetworks, randomPictures } from '../testing/packed-networks';
import { type ExportOptions, exportAssembly } from './export-assembly';
import { commonNetwork, pictureInput, randomCommon, randomFactor, zoo } from './testing/random-networks';

const backbones = Object.entries(zoo);

/** What the networks say by themselves, `head(z + mean)` or `head([z, mean])`: nothing of the exporter. */
async function logitsOf(common: CommonNetwork, factor: FactorNetwork, images: Tensor4D) {
  const logits = tidy(() => {
    const normalized = normalizeImages(images, common.description.input);
    const [mean] = factor.specific.predict(normalized) as [Tensor, Tensor];
    const z = common.network.predict(normalized) as Tensor;
    const joined = factor.description.fusion.type === 'add' ? z.add(mean) : z.concat(mean, 1);
    return factor.head.predict(joined) as Tensor;
  });
  return read(logits);
}

async function read(tensor: Tensor): Promise<Float32Array> {
  const values = await tensor.data<'float32'>();
  tensor.dispose();
  return values;
}

function pictures(count = 4, [height, width, channels] = pictureInput.shape): Tensor4D {
  return randomUniform([count, height, width, channels], 0, 1, 'float32', 7);
}

const classNames = (options: Parameters<typeof makeModel>[0] | { layers: { getClassName(): string }[] }) =>
  (options as { layers: { getClassName(): string }[] }).layers.map((layer) => layer.getClassName());

async function expectEqualOutputs(
  options: ExportOptions,
  expected: readonly Float32Array[],
  images: Tensor4D,
) {
  const model = await exportAssembly(options);
  const outputs = model.predict(images);
  const received = await Promise.all((Array.isArray(outputs) ? outputs : [outputs]).map(read));
  expect(received).toHaveLength(expected.length);
  expected.forEach((values, index) => {
    expectCloseArrays(received[index] as Float32Array, values, { absolute: 1e-4, relative: 0 });
  });
  return model;
}

describe.each(['cpu', 'wasm'])('exportAssembly on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(backbones)('gives what the networks give, folded or not: %s', async (_name, backbone) => {
    const common = await randomCommon(backbone, 1);
    const factors = [SHAPE, HUE].map((task, index) =>
      index === 0
        ? randomFactor(common, task, backbone, 2)
        : randomFactor(common, task, backbone, 3, [5], concatenate()),
    );
    const images = pictures();
    const expected = await Promise.all(factors.map((factor) => logitsOf(common, factor, images)));
    for (const fold of [true, false]) {
      const model = await expectEqualOutputs({ common, factors, fold }, expected, images);
      expect(model.outputNames).toEqual(['shape', 'object-hue']);
      model.dispose();
    }
    images.dispose();
    for (const brick of [common, ...factors]) disposeBrick(brick);
  });
});

describe('exportAssembly', () => {
  beforeAll(() => useBackend('cpu'));

  it.each(backbones)(
    'leaves no normalization but that of pictures, and no log-variance: %s',
    async (_name, backbone) => {
      const common = await randomCommon(backbone, 1);
      const factor = randomFactor(common, SHAPE, backbone, 2);
      const model = await exportAssembly({ common, factors: [factor] });
      const normalizations = model.layers.filter((layer) => layer.getClassName() === 'BatchNormalization');
      expect(normalizations.map(({ name }) => name)).toEqual(['normalization']);
      const names = model.layers.map(({ name }) => name);
      expect(names.filter((name) => /log-variance|dropout/.test(name))).toEqual([]);
      // Per folded normalization γ, β, mean and variance go and a bias comes; log-variance is as large as the mean.
      const channels = [common.network, factor.specific].flatMap((network) =>
        network.layers
          .filter((layer) => layer.getClassName() === 'BatchNormalization')
          .map((layer) => layer.outputShape.at(-1) as number),
      );
      const folded = channels.reduce((sum, each) => sum + each, 0);
      const logVariance = factor.specific.getLayer('specific/log-variance').countParams();
      const before = common.description.parameters + factor.description.parameters;
      expect(model.countParams()).toBe(before - 3 * folded - logVariance + 3 * 3);
      model.dispose();
      for (const brick of [common, factor]) disposeBrick(brick);
    },
  );

  it('passes what packages are inspected by, and runs the common-knowledge network once', async () => {
    const common = await tinyCommon();
    const factors = [SHAPE, HUE, SIZE].map((task, index) => tinyFactor(common, task, 10 * (index + 1)));
    const model = await exportAssembly({ common, factors });
    const inspected = inspectModel(await encodeModel(model, 'weights.bin'), 'the export');
    expect(inspected.inputs).toEqual([[32, 32, 3]]);
    expect(inspected.outputs).toEqual([[3], [4], [2]]);
    const separate = await Promise.all(
      [common.network, ...factors.flatMap(({ specific, head }) => [specific, head])].map(async (each) => {
        return inspectModel(await encodeModel(each, 'weights.bin'), 'part').multiplyAdds;
      }),
    );
    const logVariances = 3 * 8 * 8 * 4 * 16;
    expect(inspected.multiplyAdds).toBe(separate.reduce((sum, each) => sum + each) - logVariances);
    model.dispose();
    for (const brick of [common, ...factors]) disposeBrick(brick);
  });

  it('folds the normalization of pictures where nothing is padded, and not where something is', async () => {
    const build = async (padding: 'valid' | 'same') => {
      const network = sequential({
        name: 'common',
        layers: [
          layers.conv2d({ inputShape: [16, 16, 3], filters: 4, kernelSize: 3, padding, activation: 'tanh' }),
          layers.globalAveragePooling2d({}),
        ],
      });
      return commonNetwork(network, 4);
    };
    for (const padding of ['valid', 'same'] as const) {
      const common = await build(padding);
      const specific = (await build(padding)).network;
      const [code] = specific.outputs as [SymbolicTensor];
      const outputs = [1, 2].map(
        (seed) => layers.dense({ units: 4, name: `out-${seed}` }).apply(code) as SymbolicTensor,
      );
      const factor = {
        ...tinyFactorOf(common),
        specific: makeModel({ inputs: specific.inputs, outputs }),
      };
      const images = pictures();
      const model = await expectEqualOutputs(
        { common, factors: [factor] },
        [await logitsOf(common, factor, images)],
        images,
      );
      expect(classNames(model).filter((name) => name === 'BatchNormalization')).toHaveLength(
        padding === 'same' ? 1 : 0,
      );
      images.dispose();
      model.dispose();
      for (const brick of [common, factor]) disposeBrick(brick);
    }
  });

  it('puts out probabilities under the same names', async () => {
    const common = await tinyCommon();
    const factors = [SHAPE, HUE].map((task) => tinyFactor(common, task));
    const images = pictures(3, [32, 32, 3]);
    const model = await exportAssembly({ common, factors, outputs: 'probabilities' });
    expect(model.outputNames).toEqual(['shape', 'object-hue']);
    const outputs = await Promise.all((model.predict(images) as Tensor[]).map(read));
    for (const [index, factor] of factors.entries()) {
      const classes = factor.description.task.classes.length;
      const logits = await logitsOf(common, factor, images);
      const expected = Array.from(logits, (value, at) => {
        const row = logits.slice(at - (at % classes), at - (at % classes) + classes);
        return Math.exp(value) / row.reduce((sum, each) => sum + Math.exp(each), 0);
      });
      expectCloseArrays(outputs[index] as Float32Array, expected, { absolute: 1e-5 });
    }
    images.dispose();
    model.dispose();
    for (const brick of [common, ...factors]) disposeBrick(brick);
  });

  it('gives layers different names, whatever tasks and networks are called', async () => {
    const common = await randomCommon(zoo.convolutional, 1);
    const names = ['common', 'pictures', 'normalization', 'head'];
    const factors = names.map((name, index) =>
      randomFactor(common, { ...SHAPE, name, classes: [...SHAPE.classes] }, zoo.residual, index),
    );
    const images = pictures();
    const expected = await Promise.all(factors.map((factor) => logitsOf(common, factor, images)));
    const model = await expectEqualOutputs({ common, factors }, expected, images);
    expect(model.outputNames).toEqual(names);
    images.dispose();
    model.dispose();
    for (const brick of [common, ...factors]) disposeBrick(brick);
  });

  it('runs several common-knowledge networks if that is asked for, each with its own factors and normalization', async () => {
    const other = { ...pictureInput, normalization: { mean: [0, 0, 0], standardDeviation: [1, 1, 1] } };
    const commons = [
      await randomCommon(zoo.residual, 1),
      await randomCommon(zoo.convolutional, 2, other),
    ] as const;
    const factors = [
      randomFactor(commons[1], SHAPE, zoo.convolutional, 3),
      randomFactor(commons[0], HUE, zoo.convolutional, 4),
    ] as const;
    const images = pictures();
    const expected = [
      await logitsOf(commons[1], factors[0], images),
      await logitsOf(commons[0], factors[1], images),
    ];
    const model = await expectEqualOutputs(
      { common: commons, factors, multipleTrunks: true },
      expected,
      images,
    );
    await expect(exportAssembly({ common: commons, factors })).rejects.toThrow(MultipleTrunksError);
    images.dispose();
    model.dispose();
    for (const brick of [...commons, ...factors]) disposeBrick(brick);
  });

  it('is opened from a server by TensorFlow.js alone', async () => {
    const common = await randomCommon(zoo.mobileNetV2, 1);
    const factor = randomFactor(common, SHAPE, zoo.residual, 2);
    const exported = await exportAssembly({ common, factors: [factor] });
    const { topology, weights } = await encodeModel(exported, 'weights.bin');
    const files: Record<string, Uint8Array> = { '/model.json': topology, '/weights.bin': weights };
    const server = createServer(({ url = '' }, response) => void response.end(files[url]));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const opened = await loadLayersModel(`http://127.0.0.1:${port}/model.json`).finally(() => server.close());
    const images = pictures();
    expectCloseArrays(await read(opened.predict(images) as Tensor), await logitsOf(common, factor, images), {
      absolute: 1e-4,
      relative: 0,
    });
    images.dispose();
    for (const model of [exported, opened]) model.dispose();
    for (const brick of [common, factor]) disposeBrick(brick);
  });

  it('takes packages as assemble does, checks and releases them', async () => {
    const packed = await packNetworks();
    const images = randomPictures(3);
    const expected = await logitsOf(packed.common, packed.hue, images);
    const options = { common: packed.ckn, factors: [packed.hueFolder], verify: goldenProbes };
    (await expectEqualOutputs(options, [expected], images)).dispose();
    await expectNoLeak(async () => {
      (await exportAssembly(options)).dispose();
    });
    await writeFile(join(packed.hueFolder, 'head.weights.bin'), 'damaged');
    await expect(exportAssembly(options)).rejects.toThrow(IntegrityError);
    images.dispose();
    await packed.remove();
  });

  it('leaves no tensor behind, and the networks as they were', async () => {
    const common = await tinyCommon();
    const factor = tinyFactor(common, SHAPE);
    const images = pictures(2, [32, 32, 3]);
    const before = await logitsOf(common, factor, images);
    await expectNoLeak(async () => {
      (await exportAssembly({ common, factors: [factor] })).dispose();
    });
    expect(await logitsOf(common, factor, images)).toEqual(before);
    images.dispose();
    for (const brick of [common, factor]) disposeBrick(brick);
  });

  it('refuses what does not go together, no factors, and layers that packages may not hold', async () => {
    const [common, other] = [await tinyCommon(1), await tinyCommon(2)];
    const factor = tinyFactor(common, SHAPE);
    const refusal = (options: ExportOptions) =>
      exportAssembly(options).then(
        () => undefined,
        (error) => error,
      );
    expect(await refusal({ common: other, factors: [factor] })).toBeInstanceOf(IncompatibleCommonError);
    expect(await refusal({ common, factors: [factor, factor] })).toBeInstanceOf(DuplicateTaskError);
    expect(await refusal({ common, factors: [] })).toBeInstanceOf(InvalidOptionError);
    const inputs = tfInput({ shape: [16] });
    const vectors = layers.repeatVector({ n: 3 }).apply(inputs) as SymbolicTensor;
    const flat = layers.flatten().apply(vectors) as SymbolicTensor;
    const head = makeModel({ inputs, outputs: layers.dense({ units: 3 }).apply(flat) as SymbolicTensor });
    const error = await refusal({ common, factors: [{ ...factor, head }] });
    expect(error).toBeInstanceOf(RefusedPackageError);
    expect((error as Error).message).toContain('the head of the factor "shape"');
    expect((error as Error).message).toContain('RepeatVector');
    for (const brick of [common, other, factor]) disposeBrick(brick);
  });
});

function tinyFactorOf(common: CommonNetwork): FactorNetwork {
  return randomFactor(common, SHAPE, zoo.convolutional, 3);
}
