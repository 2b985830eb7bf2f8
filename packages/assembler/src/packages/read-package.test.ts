import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { disposeBrick, useBackend } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { InvalidManifestError, MissingFileError, NewerSpecError } from '@factornet/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCommonPackage, isFactorPackage } from '../sources';
import { findPackage } from './find-package';
import { readPackage } from './read-package';

let folder: string;
let project: string;
let installed: { ckn: string; shape: string };

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-read-package-'));
  project = join(folder, 'project');
  const modules = join(project, 'node_modules', '@scope');
  installed = { ckn: join(modules, 'ckn'), shape: join(modules, 'shape') };
  const common = await tinyCommon();
  const factor = tinyFactor(common, SHAPE);
  const at = { version: '1.0.0' };
  const ckn = await packCommon(common, { ...at, name: '@scope/ckn', directory: installed.ckn });
  await packFactor(factor, { ...at, name: '@scope/shape', directory: installed.shape, common: ckn });
  disposeBrick(common);
  disposeBrick(factor);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function changedCopy(name: string, change: (description: Record<string, unknown>) => unknown) {
  const directory = join(folder, name);
  await cp(installed.shape, directory, { recursive: true });
  const path = join(directory, 'package.json');
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));
  return directory;
}

describe('readPackage', () => {
  it('reads what the generated index.js exports, without running it', async () => {
    for (const directory of Object.values(installed)) {
      const { default: expected } = await import(pathToFileURL(join(directory, 'index.js')).href);
      await writeFile(join(directory, 'index.js'), 'throw new Error("this package ran code");');
      const received = await readPackage(directory);
      expect(received).toEqual(expected);
    }
  });

  it('reads packages that can be told apart by kind', async () => {
    const found = [await readPackage(installed.ckn), await readPackage(installed.shape)];
    expect(found.map(isCommonPackage)).toEqual([true, false]);
    expect(found.map(isFactorPackage)).toEqual([false, true]);
  });

  it('says where it looked for a package', async () => {
    const directory = join(folder, 'nowhere');
    await expect(readPackage(directory)).rejects.toSatisfy(MissingFileError.isInstance);
    await expect(readPackage(directory)).rejects.toThrow(
      `${join(directory, 'package.json')} does not exist or cannot be read.\nName a package folder`,
    );
  });

  it.each<[string, (description: Record<string, unknown>) => unknown, RegExp]>([
    ['an ordinary package', ({ factornet, ...rest }) => rest, /factornet: expected a manifest, found none/],
    ['no name', ({ name, ...rest }) => rest, /name: expected a package name/],
    ['no object', () => null, /factornet: expected a manifest/],
    [
      'a broken manifest',
      (description) => ({ ...description, factornet: { ...(description.factornet as object), task: 7 } }),
      /task: /,
    ],
    [
      'a way out of the package',
      (description) => {
        const manifest = description.factornet as { head: { weights: object } };
        const weights = { ...manifest.head.weights, path: '../../secret.bin' };
        return { ...description, factornet: { ...manifest, head: { ...manifest.head, weights } } };
      },
      /head\.weights\.path: /,
    ],
  ])('refuses %s', async (name, change, message) => {
    const directory = await changedCopy(name.replaceAll(' ', '-'), change);
    await expect(readPackage(directory)).rejects.toSatisfy(InvalidManifestError.isInstance);
    await expect(readPackage(directory)).rejects.toThrow(message);
  });

  it('refuses what is not JSON', async () => {
    const directory = join(folder, 'not-json');
    await mkdir(directory);
    await writeFile(join(directory, 'package.json'), '{ "name": ');
    await expect(readPackage(directory)).rejects.toSatisfy(InvalidManifestError.isInstance);
  });

  it('refuses a newer specification, whatever else it holds', async () => {
    const directory = await changedCopy('newer', (description) => ({
      ...description,
      factornet: { spec: 2 },
    }));
    await expect(readPackage(directory)).rejects.toSatisfy(NewerSpecError.isInstance);
  });
});

describe('findPackage', () => {
  it('finds an installed package from a folder below', async () => {
    const below = join(project, 'src', 'deep');
    await mkdir(below, { recursive: true });
    for (const [name, directory] of Object.entries(installed)) {
      expect(await findPackage(`@scope/${name}`, below)).toEqual(await readPackage(directory));
    }
  });

  it('says what to install', async () => {
    await expect(findPackage('@scope/hue', project)).rejects.toSatisfy(MissingFileError.isInstance);
    await expect(findPackage('@scope/hue', project)).rejects.toThrow(
      `The package @scope/hue, looked for from ${project}, does not exist or cannot be read.\n` +
        'Install it: npm install @scope/hue',
    );
  });

  it('refuses a package that hides its description', async () => {
    const directory = join(project, 'node_modules', 'hidden');
    await mkdir(directory);
    await writeFile(join(directory, 'package.json'), '{ "name": "hidden", "exports": "./index.js" }');
    await expect(findPackage('hidden', project)).rejects.toSatisfy(InvalidManifestError.isInstance);
  });
});
