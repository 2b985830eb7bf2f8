import { mkdtemp, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CommonNetwork, disposeBrick, type FactorNetwork, useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { packCommon, packFactor } from '@factornet/packer';
import { HUE, SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import {
  type CommonPackage,
  type FactorPackage,
  IncompatibleCommonError,
  IntegrityError,
  InvalidManifestError,
  MissingFileError,
  NewerSpecError,
} from '@factornet/spec';
import { memory, type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPackage } from '../packages/read-package';
import { assemble } from './assemble';
import type { Assembly } from './assembly';

let common: CommonNetwork;
let shape: FactorNetwork;
let hue: FactorNetwork;
let images: Tensor4D;
let folder: string;
let directories: { ckn: string; shape: string; hue: string };

beforeAll(async () => {
  await useBackend('cpu');
  common = await tinyCommon();
  shape = tinyFactor(common, SHAPE, 100);
  hue = tinyFactor(common, HUE, 200);
  const stream = randomStream(2, 'pictures');
  images = tensor4d(
    Float32Array.from({ length: 2 * 32 * 32 * 3 }, () => stream.uniform()),
    [2, 32, 32, 3],
  );
});
afterAll(() => {
  images.dispose();
  for (const brick of [common, shape, hue]) disposeBrick(brick);
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-assemble-'));
  const at = (name: string) => ({ name: `@scope/${name}`, version: '1.0.0', directory: join(folder, name) });
  const ckn = await packCommon(common, at('ckn'));
  directories = {
    ckn: ckn.directory,
    shape: (await packFactor(shape, { ...at('shape'), common: ckn })).directory,
    hue: (await packFactor(hue, { ...at('hue'), common: ckn })).directory,
  };
  return () => rm(folder, { recursive: true, force: true });
});

const imported = async <T>(directory: string): Promise<T> =>
  ((await import(pathToFileURL(join(directory, 'index.js')).href)) as { default: T }).default;
const read = async <T>(directory: string): Promise<T> => (await readPackage(directory)) as T;

describe.each([
  ['imported', imported],
  ['read without running them', read],
])('assemble packages that are %s', (_, load) => {
  it('predicts what the networks in memory predict', async () => {
    const fromPackages: Assembly = await assemble(await load<CommonPackage>(directories.ckn), [
      await load<FactorPackage>(directories.shape),
      await load<FactorPackage>(directories.hue),
    ]);
    const inMemory: Assembly = await assemble(common, [shape, hue]);
    const [received, expected] = [await fromPackages.predict(images), await inMemory.predict(images)];
    expect(Object.keys(received)).toEqual(['shape', 'object-hue']);
    for (const [task, { logits, labels, classes }] of Object.entries(expected)) {
      expectCloseArrays(received[task]?.logits ?? [], logits, { absolute: 1e-5, relative: 0 });
      expect(received[task]?.labels).toEqual(labels);
      expect(received[task]?.classes).toEqual(classes);
    }
    expect(fromPackages.commonEvaluations).toBe(1);
    fromPackages.dispose();
    inMemory.dispose();
  });

  it('releases everything it loaded', async () => {
    const ckn = await load<CommonPackage>(directories.ckn);
    const factors = [
      await load<FactorPackage>(directories.shape),
      await load<FactorPackage>(directories.hue),
    ];
    await expectNoLeak(async () => {
      const assembly: Assembly = await assemble(ckn, factors.slice(0, 1));
      await assembly.add(factors[1] as FactorPackage);
      await assembly.predict(images);
      assembly.remove('shape');
      await assembly.predict(images);
      assembly.dispose();
    });
  });
});

describe('an assembly of packages', () => {
  it('mixes with networks in memory, and leaves those to their owner', async () => {
    const before = memory().numTensors;
    const assembly: Assembly = await assemble(common, [await read<FactorPackage>(directories.shape), hue]);
    expect(assembly.plan.factors.map(({ name }) => name)).toEqual(['@scope/shape', undefined]);
    expect(memory().numTensors).toBeGreaterThan(before);
    assembly.dispose();
    expect(memory().numTensors).toBe(before);
    const again: Assembly = await assemble(common, [hue]);
    await again.predict(images);
    again.dispose();
  });

  it('is disposed of while a factor is loading', async () => {
    const factor = await read<FactorPackage>(directories.shape);
    await expectNoLeak(async () => {
      const assembly: Assembly = await assemble(common, [hue]);
      const adding = assembly.add(factor);
      assembly.dispose();
      await expect(adding).rejects.toThrow('This assembly was disposed');
    });
  });
});

describe('assemble refuses packages', () => {
  const assembleAll = async () =>
    assemble(await read<CommonPackage>(directories.ckn), [
      await read<FactorPackage>(directories.shape),
      await read<FactorPackage>(directories.hue),
    ]);

  /** The error, with nothing left behind in memory. */
  async function failure(attempt: () => Promise<unknown>): Promise<Error> {
    const before = memory().numTensors;
    const error = await attempt().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(memory().numTensors).toBe(before);
    return error as Error;
  }

  it('with a truncated weight file, naming it', async () => {
    const path = join(directories.hue, 'specific.weights.bin');
    const { manifest } = await read<FactorPackage>(directories.hue);
    await truncate(path, 100);
    const error = await failure(assembleAll);
    expect(IntegrityError.isInstance(error)).toBe(true);
    expect(error.message).toContain(
      `${path} is not the file its manifest describes: expected ${manifest.specific.weights.bytes} bytes, found 100 bytes.`,
    );
  });

  it('with a changed weight file of the right length, naming both digests', async () => {
    const path = join(directories.ckn, 'common.weights.bin');
    const { manifest } = await read<CommonPackage>(directories.ckn);
    await writeFile(path, new Uint8Array(manifest.model.weights.bytes));
    const error = await failure(assembleAll);
    expect(IntegrityError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ path, expected: manifest.model.weights.integrity });
  });

  it.each(['ckn/common.weights.bin', 'shape/head.model.json', 'hue/specific.weights.bin'])(
    'without %s',
    async (file) => {
      await rename(join(folder, file), join(folder, 'elsewhere'));
      const error = await failure(assembleAll);
      expect(MissingFileError.isInstance(error)).toBe(true);
      expect(error.message).toContain(`${join(folder, file)} does not exist or cannot be read.`);
    },
  );

  it('that name no location for a file', async () => {
    const ckn = await read<CommonPackage>(directories.ckn);
    const error = await failure(() => assemble({ ...ckn, files: {} }, []));
    expect(MissingFileError.isInstance(error)).toBe(true);
    expect(error.message).toContain('@scope/ckn@1.0.0: common.model.json');
  });

  it('of another version of the common-knowledge network, naming both and what to install', async () => {
    const other = await tinyCommon(99);
    const ckn = await packCommon(other, {
      name: '@scope/ckn',
      version: '2.0.0',
      directory: join(folder, 'ckn2'),
    });
    const [two, factor] = [
      await read<CommonPackage>(ckn.directory),
      await read<FactorPackage>(directories.shape),
    ];
    const error = await failure(() => assemble(two, [factor]));
    expect(IncompatibleCommonError.isInstance(error)).toBe(true);
    expect(error.message).toBe(
      '@scope/shape@1.0.0 was made for @scope/ckn@^1.0.0, but is being assembled with @scope/ckn@2.0.0.\n' +
        'Install a version that fits: npm install @scope/ckn@^1.0.0\n' +
        'Or look for a release of the factor that was made for @scope/ckn@2.0.0: npm install @scope/shape@latest',
    );
    disposeBrick(other);
  });

  it('of a newer specification, and with an invalid manifest', async () => {
    const ckn = await read<CommonPackage>(directories.ckn);
    const factor = await read<FactorPackage>(directories.shape);
    const changed = (change: object) => ({ ...factor, manifest: { ...factor.manifest, ...change } });
    const newer = await failure(() => assemble(ckn, [changed({ spec: 2 })]));
    expect(NewerSpecError.isInstance(newer)).toBe(true);
    const invalid = await failure(() => assemble(ckn, [changed({ parameters: 'many' })]));
    expect(InvalidManifestError.isInstance(invalid)).toBe(true);
    expect(invalid.message).toContain('@scope/shape@1.0.0');
    expect(await readdir(directories.shape)).toContain('package.json');
  });
});
