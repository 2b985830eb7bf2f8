import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CommonNetwork, disposeBrick, useBackend } from '@factornet/core';
import { integrityOf, readPackedModel } from '@factornet/core/internal';
import { readBrick, writeBrick } from '@factornet/core/node';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { decodeModel, encodeModel, modelDigest } from '@factornet/core/training';
import {
  type CommonPackage,
  IntegrityError,
  InvalidManifestError,
  InvalidOptionError,
  parseCommonManifest,
} from '@factornet/spec';
import {
  initializers,
  type io,
  layers,
  loadLayersModel,
  randomUniform,
  sequential,
  type Tensor,
  tidy,
  zeros,
} from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packCommon } from './pack-common';
import { tinyCommon } from './testing';

let folder: string;
let common: CommonNetwork;

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-pack-common-'));
  common = await tinyCommon();
});
afterAll(async () => {
  disposeBrick(common);
  await rm(folder, { recursive: true, force: true });
});

const at = (name: string) => ({ name: '@scope/ckn', version: '1.2.3', directory: join(folder, name) });

describe('packCommon', () => {
  it('packs a network with constraints as it is, which would change its weights as they are loaded', async () => {
    const network = await decodeModel(await encodeModel(common.network, 'weights.bin'));
    const constrained = sequential({
      name: 'constrained',
      layers: [
        ...network.layers,
        layers.dense({
          name: 'negative',
          units: 16,
          kernelInitializer: initializers.constant({ value: -0.1 }),
          kernelConstraint: 'nonNeg',
        }),
      ],
    });
    const description = {
      ...common.description,
      parameters: constrained.countParams(),
      representation: await modelDigest(constrained),
    };
    const packed = await packCommon({ kind: 'common', network: constrained, description }, at('constrained'));
    const locate = (name: string) => pathToFileURL(join(packed.directory, name));
    const read = await readPackedModel(packed.manifest.model, locate, 'x');
    expect(await modelDigest(read)).toBe(packed.manifest.representation);
    const values = tidy(() => {
      const pictures = randomUniform([2, 32, 32, 3], 0, 1, 'float32', 1);
      return [constrained, read].map((each) => (each.predict(pictures) as Tensor).dataSync());
    });
    expect(Math.max(...(values[0] as Float32Array).map(Math.abs))).toBeGreaterThan(0.1);
    expect(values[1]).toEqual(values[0]);
  });

  it('gives frozen networks the same digests', async () => {
    const free = await packCommon(common, at('free'));
    common.network.trainable = false;
    const frozen = await packCommon(common, at('frozen'));
    common.network.trainable = true;
    expect(frozen.manifest).toEqual(free.manifest);
  });

  it('writes a package of data, described by its manifest', async () => {
    const packed = await packCommon(common, {
      ...at('whole'),
      license: 'Apache-2.0',
      licenseText: 'the licence',
      repository: 'github:me/models',
      description: 'Shapes.',
      author: 'Me <me@example.org>',
    });

    expect((await readdir(packed.directory)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'common.model.json',
      'common.weights.bin',
      'index.d.ts',
      'index.js',
      'package.json',
      'probes.bin',
    ]);
    const description = JSON.parse(await readFile(join(packed.directory, 'package.json'), 'utf8'));
    expect(description).toMatchObject({
      name: '@scope/ckn',
      version: '1.2.3',
      type: 'module',
      license: 'Apache-2.0',
      repository: 'github:me/models',
      description: 'Shapes.',
      author: 'Me <me@example.org>',
    });
    expect(Object.keys(description)).not.toContain('scripts');
    expect(Object.keys(description)).not.toContain('dependencies');
    expect(Object.keys(description)).not.toContain('peerDependencies');
    expect(parseCommonManifest(description.factornet, 'package.json')).toEqual(packed.manifest);
    for (const file of [packed.manifest.model.topology, packed.manifest.model.weights]) {
      const bytes = new Uint8Array(await readFile(join(packed.directory, file.path)));
      expect(file.bytes).toBe(bytes.length);
      expect(file.integrity).toBe(await integrityOf(bytes));
    }
    expect(await readFile(join(packed.directory, 'LICENSE'), 'utf8')).toBe('the licence');
  });

  it('writes an index.js that exports the manifest and the location of every file', async () => {
    const { directory, manifest } = await packCommon(common, at('module'));
    const { default: module } = (await import(pathToFileURL(join(directory, 'index.js')).href)) as {
      default: CommonPackage;
    };
    expect(module.name).toBe('@scope/ckn');
    expect(module.version).toBe('1.2.3');
    expect(module.manifest).toEqual(manifest);
    for (const [name, location] of Object.entries(module.files)) {
      expect(location.href).toBe(pathToFileURL(join(directory, name)).href);
      expect((await readFile(location)).length).toBeGreaterThan(0);
    }
    expect(Object.keys(module.files)).toEqual(['common.model.json', 'common.weights.bin', 'probes.bin']);
    const source = await readFile(join(directory, 'index.js'), 'utf8');
    expect(source).toContain("new URL('./common.weights.bin', import.meta.url)");
    expect(source).not.toMatch(/^\s*import\b/m);
  });

  it('writes model files that tf.loadLayersModel opens without us', async () => {
    const { directory } = await packCommon(common, at('plain'));
    const model = await loadLayersModel({
      // As a browser would: the topology names its weight file.
      load: async () => {
        const { modelTopology, weightsManifest } = JSON.parse(
          await readFile(join(directory, 'common.model.json'), 'utf8'),
        );
        const { paths, weights } = weightsManifest[0];
        const bytes = new Uint8Array(await readFile(join(directory, paths[0])));
        return { modelTopology, weightSpecs: weights, weightData: bytes.buffer } satisfies io.ModelArtifacts;
      },
    });
    const [expected, received] = tidy(() =>
      [common.network, model].map((each) => (each.predict(zeros([2, 32, 32, 3])) as Tensor).arraySync()),
    ) as [number[][], number[][]];
    expectCloseArrays((received as number[][]).flat(), (expected as number[][]).flat());
    model.dispose();
  });

  it('replaces an older release of the package as a whole', async () => {
    const { directory } = await packCommon(common, at('again'));
    await writeFile(join(directory, 'left-over.txt'), 'old');
    await packCommon(common, { ...at('again'), version: '1.2.4' });
    expect(await readdir(directory)).not.toContain('left-over.txt');
    expect(await readFile(join(directory, 'package.json'), 'utf8')).toContain('"version": "1.2.4"');
  });

  it('leaves a folder with anything else untouched', async () => {
    const directory = join(folder, 'precious');
    await mkdir(directory);
    await writeFile(join(directory, 'thesis.md'), 'years of work');
    await expect(packCommon(common, { ...at('x'), directory })).rejects.toSatisfy(
      InvalidOptionError.isInstance,
    );
    expect(await readdir(directory)).toEqual(['thesis.md']);
    await expect(
      packCommon(common, { ...at('x'), directory: join(directory, 'thesis.md') }),
    ).rejects.toSatisfy(InvalidOptionError.isInstance);
  });

  it('leaves nothing behind when it fails', async () => {
    const directory = join(folder, 'failed', 'ckn');
    const broken = { ...common, description: { ...common.description, parameters: -1 } };
    await expect(packCommon(broken, { ...at('x'), directory })).rejects.toSatisfy(
      InvalidManifestError.isInstance,
    );
    expect(await readdir(join(folder, 'failed'))).toEqual([]);
  });

  it.each(['Upper', 'has space', '.hidden', 'node_modules', '@scope', ''])(
    'refuses the name %j',
    async (name) => {
      await expect(packCommon(common, { ...at('x'), name })).rejects.toThrow(
        /^name must be a name that npm accepts/,
      );
    },
  );

  it.each(['1', 'v1.0.0', '1.0.0+build', '^1.0.0', ''])('refuses the version %j', async (version) => {
    await expect(packCommon(common, { ...at('x'), version })).rejects.toThrow(
      `version must be a semantic version, e.g. "1.0.0", but is "${version}".`,
    );
  });

  it('packs a network that was written and read back, to the same bytes', async () => {
    const brick = join(folder, 'brick');
    await writeBrick(common, brick);
    const reread = await readBrick(brick, { kind: 'common' });
    const [first, second] = [await packCommon(common, at('direct')), await packCommon(reread, at('reread'))];
    expect(second.manifest).toEqual(first.manifest);
    disposeBrick(reread);
  });

  it('leaves no tensor behind', async () => {
    await expectNoLeak(() => packCommon(common, at('leak')));
  });

  it('refuses a network that changed after it was described', async () => {
    const other = await tinyCommon(99);
    await expect(packCommon({ ...common, network: other.network }, at('x'))).rejects.toSatisfy(
      IntegrityError.isInstance,
    );
    disposeBrick(other);
  });
});
