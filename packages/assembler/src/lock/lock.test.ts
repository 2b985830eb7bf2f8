import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useBackend } from '@factornet/core';
import { packCommon } from '@factornet/packer';
import { tinyCommon } from '@factornet/packer/testing';
import {
  type FactorManifest,
  InvalidManifestError,
  InvalidOptionError,
  MissingFileError,
} from '@factornet/spec';
import { type Lockfile, LockMismatchError } from '@factornet/spec/lock';
import { memory } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '../assembly/assemble';
import type { Assembly } from '../assembly/assembly';
import { type PackedNetworks, packNetworks, randomPictures } from '../testing/packed-networks';
import { compareLock } from './compare-lock';
import { createLock } from './create-lock';
import { readLock, writeLock } from './lock-files';
import { pinnedBy } from './pinned-by';

let networks: PackedNetworks;
let all: { common: string; factors: string[] };
let lock: Lockfile;

beforeAll(async () => {
  await useBackend('cpu');
  networks = await packNetworks();
  all = { common: networks.ckn, factors: [networks.shapeFolder, networks.hueFolder] };
  lock = await createLock(all);
});
afterAll(() => networks.remove());

/** A copy of the factor for shapes, with another `package.json`. */
async function changedShape(
  change: (description: { factornet?: object; version?: string; name?: string }) => object,
): Promise<string> {
  const directory = join(networks.folder, 'changed');
  await rm(directory, { recursive: true, force: true });
  await cp(networks.shapeFolder, directory, { recursive: true });
  const path = join(directory, 'package.json');
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));
  return directory;
}

describe('createLock', () => {
  it('pins names, versions, feature space, manifest and every file', async () => {
    expect(lock).toMatchObject({
      lockfileVersion: 1,
      trunks: [
        { name: '@scope/ckn', version: '1.0.0', representation: networks.common.description.representation },
      ],
      factors: [
        { name: '@scope/shape', version: '1.0.0', task: 'shape' },
        { name: '@scope/hue', version: '1.0.0', task: 'object-hue' },
      ],
    });
    const { factornet } = JSON.parse(await readFile(join(networks.shapeFolder, 'package.json'), 'utf8'));
    expect(lock.factors[0]?.files).toEqual({
      'specific.model.json': factornet.specific.topology.integrity,
      'specific.weights.bin': factornet.specific.weights.integrity,
      'head.model.json': factornet.head.topology.integrity,
      'head.weights.bin': factornet.head.weights.integrity,
      'probes.bin': factornet.probes.file.integrity,
    });
  });

  it('is the same wherever packages lie and however their JSON is written', async () => {
    const sorted = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, field]) => [key, sorted(field)]),
          );
    const elsewhere = await changedShape((description) => sorted(description) as object);
    const again = await createLock({
      common: pathToFileURL(networks.ckn),
      factors: [elsewhere, networks.hueFolder],
    });
    expect(again).toEqual(lock);
  });

  it('refuses networks in memory', async () => {
    const attempt = createLock({ common: networks.ckn, factors: [networks.shape] });
    await expect(attempt).rejects.toSatisfy(InvalidOptionError.isInstance);
    await expect(attempt).rejects.toThrow('the factor shape in memory');
  });
});

describe('compareLock', () => {
  const differences = (request: Parameters<typeof compareLock>[1]) => compareLock(lock, request);

  it('finds none where there are none, in any order', async () => {
    expect(await differences(all)).toEqual([]);
    expect(await differences({ ...all, factors: [...all.factors].reverse() })).toEqual([]);
  });

  it('tells what was added and removed', async () => {
    expect(await differences({ ...all, factors: [networks.hueFolder] })).toEqual([
      '@scope/shape@1.0.0 is locked, but not here',
    ]);
    expect(await compareLock({ ...lock, factors: lock.factors.slice(1) }, all)).toEqual([
      '@scope/shape@1.0.0 is here, but not locked',
    ]);
  });

  it('tells another version, once', async () => {
    const later = await changedShape((description) => ({ ...description, version: '1.1.0' }));
    expect(await differences({ ...all, factors: [later, networks.hueFolder] })).toEqual([
      '@scope/shape: 1.0.0 is locked, 1.1.0 is here',
    ]);
    const common = await tinyCommon(77);
    const { directory } = await packCommon(common, {
      name: '@scope/ckn',
      version: '2.0.0',
      directory: join(networks.folder, 'ckn-2'),
    });
    expect(await differences({ ...all, common: directory })).toEqual([
      '@scope/ckn: 1.0.0 is locked, 2.0.0 is here',
    ]);
  });

  it('tells other files, another feature space and other classes behind the same version', async () => {
    const other = `sha512-${'B'.repeat(86)}==`;
    const manifest = async (change: (manifest: FactorManifest) => object) => {
      const changed = await changedShape(({ factornet, ...rest }) => ({
        ...rest,
        factornet: { ...factornet, ...change(factornet as FactorManifest) },
      }));
      return differences({ ...all, factors: [changed, networks.hueFolder] });
    };
    expect(
      await manifest(({ head }) => ({
        head: { ...head, weights: { ...head.weights, integrity: other } },
      })),
    ).toEqual([
      expect.stringMatching(
        /^@scope\/shape@1\.0\.0: head\.weights\.bin is locked as sha512-.{12}…, and is sha512-BBBBBBBBBBBB… here$/,
      ),
    ]);
    expect(await manifest(({ common }) => ({ common: { ...common, representation: other } }))).toEqual([
      expect.stringContaining('@scope/shape@1.0.0: its feature space is locked as'),
    ]);
    expect(
      await manifest(({ task }) => ({
        task: { ...task, classes: ['square', 'circle', 'star'] },
      })),
    ).toEqual([expect.stringContaining('@scope/shape@1.0.0: its manifest is locked as')]);
  });

  it('tells two releases of one package apart', () => {
    const [trunk] = lock.trunks as [Lockfile['trunks'][number]];
    const two = { ...lock, trunks: [trunk, { ...trunk, version: '2.0.0' }] };
    return expect(compareLock(two, all)).resolves.toEqual(['@scope/ckn@2.0.0 is locked, but not here']);
  });
});

describe('assemble with a lock', () => {
  it('takes what is locked', async () => {
    const network: Assembly = await assemble(all.common, all.factors, { lock: pinnedBy(lock) });
    const images = randomPictures(1);
    expect(Object.keys(await network.predict(images))).toEqual(['shape', 'object-hue']);
    images.dispose();
    network.dispose();
  });

  it('refuses any difference before anything is loaded', async () => {
    const before = memory().numTensors;
    const attempt = assemble(all.common, [networks.shapeFolder], { lock: pinnedBy(lock) });
    await expect(attempt).rejects.toSatisfy(LockMismatchError.isInstance);
    await expect(attempt).rejects.toThrow(
      'What is here differs from the lockfile:\n  - @scope/hue@1.0.0 is locked, but not here\nInstall what is locked',
    );
    await expect(assemble(networks.common, [], { lock: pinnedBy(lock) })).rejects.toSatisfy(
      InvalidOptionError.isInstance,
    );
    expect(memory().numTensors).toBe(before);
  });

  it('refuses a lock that is none', () => {
    expect(() => pinnedBy({ lockfileVersion: 1 } as Lockfile)).toThrow(InvalidManifestError);
  });

  it('adds later what is locked, and nothing else', async () => {
    const network: Assembly = await assemble(all.common, all.factors, { lock: pinnedBy(lock) });
    network.remove('shape');
    network.remove('object-hue');
    await network.add(networks.shapeFolder);
    const later = await changedShape((description) => ({ ...description, version: '1.1.0' }));
    network.remove('shape');
    await expect(network.add(later)).rejects.toThrow('@scope/shape: 1.0.0 is locked, 1.1.0 is here');
    const unknown = await changedShape((description) => ({ ...description, name: '@else/shape' }));
    await expect(network.add(unknown)).rejects.toThrow('@else/shape@1.0.0 is here, but not locked');
    await expect(network.add(networks.shape)).rejects.toSatisfy(InvalidOptionError.isInstance);
    expect(network.tasks).toEqual([]);
    network.dispose();
  });
});

describe('readLock and writeLock', () => {
  const path = () => join(networks.folder, 'factornet.lock.json');

  it('are inverse', async () => {
    await writeLock(path(), lock);
    expect(await readLock(path())).toEqual(lock);
    expect(await readFile(path(), 'utf8')).toMatch(
      /^\{\n {2}"lockfileVersion": 1,\n {2}"trunks": \[\n.*\}\n$/s,
    );
  });

  it('write no broken one', async () => {
    await writeLock(path(), lock);
    const broken = { ...lock, trunks: [] };
    await expect(writeLock(path(), broken)).rejects.toSatisfy(InvalidManifestError.isInstance);
    expect(await readLock(path())).toEqual(lock);
  });

  it('say how to make one that is missing, or a folder', async () => {
    const missing = join(networks.folder, 'none.json');
    await expect(readLock(missing)).rejects.toSatisfy(MissingFileError.isInstance);
    await expect(readLock(missing)).rejects.toThrow(
      `${missing} does not exist or cannot be read.\nWrite it: factornet lock <package…>`,
    );
    await mkdir(join(networks.folder, 'directory.json'));
    await expect(readLock(join(networks.folder, 'directory.json'))).rejects.toSatisfy(
      MissingFileError.isInstance,
    );
  });

  it.each([
    ['not JSON', '{ "lockfileVersion": 1,'],
    ['no lockfile', '{ "lockfileVersion": 1 }'],
    ['nested too deeply', '['.repeat(10_000)],
    ['too long', ' '.repeat(5_000_000)],
    ['a merge conflict', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> main\n'],
  ])('refuse one that is %s', async (_, text) => {
    await writeFile(path(), text);
    const attempt = readLock(path());
    await expect(attempt).rejects.toSatisfy(InvalidManifestError.isInstance);
    await expect(attempt).rejects.toThrow('Write it again: factornet lock <package…>');
  });
});
