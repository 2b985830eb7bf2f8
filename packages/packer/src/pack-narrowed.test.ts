import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CommonNetwork,
  disposeBrick,
  type FactorModels,
  type FactorNetwork,
  normalizeImages,
  useBackend,
} from '@factornet/core';
import { integrityOf, picturesTensor } from '@factornet/core/internal';
import { decodeProbes, evaluateFeatures, evaluateLogits, probeLayout } from '@factornet/core/probes';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { modelDigest, readModel } from '@factornet/core/training';
import { InvalidOptionError, parseManifest, RefusedPackageError } from '@factornet/spec';
import {
  type io,
  type LayersModel,
  layers,
  loadLayersModel,
  sequential,
  type Tensor,
  tensor1d,
  tidy,
  zeros,
} from '@tensorflow/tfjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packCommon } from './pack-common';
import { packFactor } from './pack-factor';
import { probePictures } from './probes/probe-pictures';
import { HUE, INPUT, tinyCommon, tinyFactor } from './testing';

let folder: string;
let common: CommonNetwork;
let factor: FactorNetwork<typeof HUE>;

beforeAll(async () => {
  await useBackend('cpu');
  common = await tinyCommon();
  factor = tinyFactor(common, HUE);
});
afterAll(() => {
  disposeBrick(common);
  disposeBrick(factor);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-pack-narrowed-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => ({ name: `@scope/${name}`, version: '1.0.0', directory: join(folder, name) });

/** As TensorFlow.js reads a model of a package, with nothing of ours in between. */
function loadPlainly(directory: string, name: string): Promise<LayersModel> {
  return loadLayersModel({
    load: async () => {
      const topology = JSON.parse(await readFile(join(directory, `${name}.model.json`), 'utf8'));
      const { paths, weights } = topology.weightsManifest[0];
      const bytes = new Uint8Array(await readFile(join(directory, paths[0])));
      const { modelTopology } = topology;
      return { modelTopology, weightSpecs: weights, weightData: bytes.buffer } satisfies io.ModelArtifacts;
    },
  });
}

const featuresOf = (model: LayersModel, pictures: Uint8Array) =>
  tidy(() => [
    ...(model.predict(normalizeImages(picturesTensor(pictures, INPUT), INPUT)) as Tensor).dataSync(),
  ]);

/** `max_i ‖after_i − before_i‖ / ‖before_i‖`, once more and in plain words. */
function largestDrift(before: readonly number[], after: readonly number[], columns: number): number {
  const norm = (values: readonly number[]) => Math.hypot(...values);
  let largest = 0;
  for (let start = 0; start < before.length; start += columns) {
    const row = before.slice(start, start + columns);
    const moved = row.map((value, index) => (after[start + index] as number) - value);
    largest = Math.max(largest, norm(moved) / norm(row));
  }
  return largest;
}

describe('packCommon with fewer bits', () => {
  it.each([
    ['float16', 2, 0.002],
    ['uint8', 1, 0.05],
  ] as const)(
    '%s: TensorFlow.js opens it, and the manifest says what it cost',
    async (dtype, bytes, most) => {
      const { manifest, directory } = await packCommon(common, { ...at(dtype), dtype, tolerance: 0.05 });
      const model = await loadPlainly(directory, 'common');
      const pictures = probePictures(INPUT, 8);
      const [before, after] = [featuresOf(common.network, pictures), featuresOf(model, pictures)];

      const weights = common.network.weights.map(({ shape }) => shape as number[]);
      const size = (shape: readonly number[]) => shape.reduce((product, axis) => product * axis, 1);
      expect(manifest.model.weights.bytes).toBe(
        weights.reduce(
          (sum, shape) => sum + size(shape) * (dtype === 'uint8' && shape.length < 2 ? 4 : bytes),
          0,
        ),
      );
      const { narrowing, compatibility, representation } = manifest;
      expect(narrowing?.dtype).toBe(dtype);
      expect(narrowing?.drift).toBeCloseTo(largestDrift(before, after, 16), 5);
      expect(narrowing?.drift).toBeGreaterThan(0);
      expect(narrowing?.drift).toBeLessThan(most);
      expect(representation).toBe(await modelDigest(model));
      expect(representation).not.toBe(common.description.representation);
      expect(compatibility).toEqual({
        tolerance: 0.05,
        representations: [{ representation: common.description.representation, drift: narrowing?.drift }],
      });
      const stored = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
      expect(parseManifest(stored.factornet, 'package.json')).toEqual(manifest);
      model.dispose();
    },
  );

  it('expects of its golden probes what the published weights give', async () => {
    const { manifest, directory } = await packCommon(common, {
      ...at('probes'),
      dtype: 'uint8',
      tolerance: 0.05,
    });
    const bytes = new Uint8Array(await readFile(join(directory, 'probes.bin')));
    const probes = decodeProbes(bytes, probeLayout(manifest), 'probes.bin');
    const model = await readModel(manifest.model, (name) => pathToFileURL(join(directory, name)));
    expectCloseArrays(probes.features, await evaluateFeatures(model, INPUT, probes.pictures));
    expect(probes.pictures).toEqual(probePictures(INPUT, 8));
    model.dispose();
  });

  it('refuses to move features beyond the tolerance, naming both numbers and what to do', async () => {
    const packing = packCommon(common, { ...at('x'), dtype: 'uint8', tolerance: 1e-6 });
    await expect(packing).rejects.toSatisfy(InvalidOptionError.isInstance);
    await expect(packing).rejects.toThrow(
      /^dtype must be one that moves the features by 0\.000001 at most.*"uint8, which moves them by 0\.00\d+"\.\nTake float16, or state a larger tolerance/,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes pictures for golden probes, whole ones only', async () => {
    const pictures = probePictures(INPUT, 11).slice(9 * 32 * 32 * 3);
    const { manifest, directory } = await packCommon(common, { ...at('given'), probes: pictures });
    expect(manifest.probes.count).toBe(2);
    const bytes = await readFile(join(directory, 'probes.bin'));
    expect(await integrityOf(new Uint8Array(bytes.subarray(2 * 16 * 4)))).toBe(await integrityOf(pictures));
    for (const wrong of [pictures.slice(1), new Uint8Array(0), probePictures(INPUT, 65)]) {
      await expect(packCommon(common, { ...at('x'), probes: wrong })).rejects.toThrow(
        `probes must be 1 to 64 pictures of 32 × 32 × 3 bytes, but is "${wrong.length} bytes".`,
      );
    }
  });

  it.each([
    ['dtype', 'int4', 'dtype must be float32, float16, uint8, but is "int4".'],
    ['tolerance', 0, 'tolerance must be above 0 and at most 1, but is 0.'],
    ['tolerance', Number.NaN, 'tolerance must be above 0 and at most 1, but is NaN.'],
  ])('refuses the %s %s', async (option, value, message) => {
    await expect(packCommon(common, { ...at('x'), [option]: value })).rejects.toThrow(message);
  });

  it('refuses a network that readers would refuse', async () => {
    const network = sequential({
      layers: [
        layers.flatten({ inputShape: INPUT.shape }),
        layers.dense({ units: 16 }),
        layers.repeatVector({ n: 1 }),
      ],
    });
    const description = { ...common.description, representation: await modelDigest(network) };
    const packing = packCommon({ kind: 'common', network, description }, at('x'));
    await expect(packing).rejects.toSatisfy(RefusedPackageError.isInstance);
    await expect(packing).rejects.toThrow('RepeatVector');
    network.dispose();
  });

  it('leaves no tensor behind, whether it succeeds or not', async () => {
    await expectNoLeak(() => packCommon(common, { ...at('leak'), dtype: 'float16' }));
    await expectNoLeak(async () => {
      await packCommon(common, { ...at('leak'), dtype: 'uint8', tolerance: 1e-6 }).catch(() => {});
    });
  });
});

describe('packFactor with fewer bits', () => {
  it('says how far its logits moved, and builds on the common network as published', async () => {
    const ckn = await packCommon(common, { ...at('ckn'), dtype: 'uint8', tolerance: 0.05 });
    const { manifest, directory } = await packFactor(factor, { ...at('hue'), common: ckn, dtype: 'float16' });
    expect(manifest.common).toEqual({
      name: '@scope/ckn',
      range: '^1.0.0',
      representation: common.description.representation,
    });
    const bytes = new Uint8Array(await readFile(join(directory, 'probes.bin')));
    const { features, logits, pictures, count } = decodeProbes(bytes, probeLayout(manifest), 'probes.bin');
    expect(count).toBe(4);
    const published = await loadPlainly(ckn.directory, 'common');
    expectCloseArrays(features, featuresOf(published, pictures));
    const [specific, head] = [await loadPlainly(directory, 'specific'), await loadPlainly(directory, 'head')];
    expectCloseArrays(
      logits as Float32Array,
      await evaluateLogits({ ...factor, specific, head }, INPUT, pictures, features),
    );
    const trained = await evaluateLogits(factor, INPUT, pictures, features);
    expect(manifest.narrowing?.drift).toBeCloseTo(largestDrift([...trained], [...(logits ?? [])], 4), 5);
    expect(manifest.narrowing).toMatchObject({ dtype: 'float16', agreement: 1 });
    for (const model of [published, specific, head]) model.dispose();
  });

  it('counts the probes whose likeliest class stayed the same', async () => {
    // Whatever the sum of its inputs, the second or the fourth class wins by a tenth of a percent. A step of uint8 is
    // 0.951 / 255, so the weights of classes one and two become equal, those of three and four too, and the first wins.
    const near = tinyFactor(common, HUE);
    tidy(() => {
      const kernel = tensor1d([0.5, 0.5005, -0.45, -0.4505]).broadcastTo([16, 4]);
      near.head.setWeights([kernel, zeros([4])]);
    });
    const { manifest } = await packFactor(near, {
      ...at('near'),
      common: { name: '@scope/ckn', version: '1.0.0', network: common },
      dtype: 'uint8',
    });
    expect(manifest.narrowing?.agreement).toBe(0);
    disposeBrick(near);
  });

  it('asks for the accuracy of what is published, and only if it is narrowed', async () => {
    const reference = { name: '@scope/ckn', version: '1.0.0', network: common };
    const accuracy = { before: 0.9, after: 0.89, examples: 100, data: 'shapes(seed 2)' };
    const asked: string[] = [];
    const measureAccuracy = async (published: FactorModels) => {
      asked.push(await modelDigest(published.head));
      return accuracy;
    };
    const options = { ...at('hue'), common: reference, measureAccuracy };
    expect((await packFactor(factor, options)).manifest.narrowing).toBeUndefined();
    expect(asked).toEqual([]);
    const { manifest, directory } = await packFactor(factor, { ...options, dtype: 'uint8' });
    expect(manifest.narrowing?.accuracy).toEqual(accuracy);
    const head = await loadPlainly(directory, 'head');
    expect(asked).toEqual([await modelDigest(head)]);
    head.dispose();
  });

  it('leaves no tensor behind', async () => {
    const reference = { name: '@scope/ckn', version: '1.0.0', network: common };
    await expectNoLeak(() => packFactor(factor, { ...at('leak'), common: reference, dtype: 'uint8' }));
  });
});
