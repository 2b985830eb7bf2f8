import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CommonNetwork, disposeBrick, type FactorNetwork, useBackend } from '@factornet/core';
import { type FactorPackage, IncompatibleCommonError, parseFactorManifest } from '@factornet/spec';
import { DeadFactorError } from '@factornet/spec/publishing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packCommon } from './pack-common';
import { packFactor } from './pack-factor';
import { HUE, tinyCommon, tinyFactor } from './testing';

let folder: string;
let common: CommonNetwork;
let factor: FactorNetwork<typeof HUE>;

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-pack-factor-'));
  common = await tinyCommon();
  factor = tinyFactor(common, HUE);
});
afterAll(async () => {
  disposeBrick(common);
  disposeBrick(factor);
  await rm(folder, { recursive: true, force: true });
});

const at = (name: string) => ({ name: '@scope/object-hue', version: '1.0.0', directory: join(folder, name) });

describe('packFactor', () => {
  it('names its common-knowledge package in the manifest and to npm', async () => {
    const ckn = await packCommon(common, {
      name: '@scope/ckn',
      version: '1.2.3',
      directory: join(folder, 'ckn'),
    });
    const { directory, manifest } = await packFactor(factor, { ...at('hue'), common: ckn });

    const description = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
    expect(description.peerDependencies).toEqual({ '@scope/ckn': '^1.0.0' });
    expect(parseFactorManifest(description.factornet, 'package.json')).toEqual(manifest);
    expect(manifest.common).toEqual({
      name: '@scope/ckn',
      range: '^1.0.0',
      representation: common.description.representation,
    });
    expect(manifest.task).toEqual(HUE);
    const { default: module } = (await import(pathToFileURL(join(directory, 'index.js')).href)) as {
      default: FactorPackage;
    };
    expect(module.manifest).toEqual(manifest);
    expect(Object.keys(module.files)).toEqual([
      'specific.model.json',
      'specific.weights.bin',
      'head.model.json',
      'head.weights.bin',
      'probes.bin',
    ]);
  });

  it('takes a range as it is', async () => {
    const { manifest } = await packFactor(factor, {
      ...at('range'),
      common: { name: '@scope/ckn', version: '1.2.3', range: '>=1.2.0 <3', network: common },
    });
    expect(manifest.common.range).toBe('>=1.2.0 <3');
  });

  it('refuses a factor whose code was found to do nothing, and says so in what is packed by force', async () => {
    const reason = 'The code of "object-hue" is dead: t is the same for each of 1024 pictures.';
    const dead = { ...factor, description: { ...factor.description, report: { dead: reason } } };
    const options = { ...at('dead'), common: { name: '@scope/ckn', version: '1.0.0', network: common } };
    const refused = packFactor(dead, options);
    await expect(refused).rejects.toSatisfy(DeadFactorError.isInstance);
    await expect(refused).rejects.toThrow(`@scope/object-hue@1.0.0 would be a dead factor. ${reason}`);
    await expect(readFile(join(folder, 'dead', 'package.json'))).rejects.toThrow('ENOENT');
    const { manifest } = await packFactor(dead, { ...options, force: true });
    expect(manifest.report.dead).toBe(reason);
    const card = await readFile(join(folder, 'dead', 'README.md'), 'utf8');
    expect(card).toContain(`> **A dead factor.** ${reason}`);
  });

  it('refuses a common-knowledge network other than its own, naming both', async () => {
    const other = await tinyCommon(99);
    const packing = packFactor(factor, {
      ...at('x'),
      common: { name: '@scope/ckn', version: '2.0.0', network: other },
    });
    await expect(packing).rejects.toSatisfy(IncompatibleCommonError.isInstance);
    await expect(packing).rejects.toThrow(
      `@scope/object-hue@1.0.0 was made for @scope/ckn@^2.0.0 with representation ${common.description.representation}, ` +
        `but is being assembled with @scope/ckn@2.0.0 with representation ${other.description.representation}, ` +
        'whose feature space (representation digest) is a different one.\n' +
        'Pack the factor with the common-knowledge network that it was trained with.',
    );
    disposeBrick(other);
  });

  it.each([
    [{ name: '@scope/ckn' }, 'common must be given with a version or a range, but is "neither".'],
    [
      { name: '@scope/ckn', range: 'newest' },
      'common.range must be a semver range, e.g. "^1.0.0", but is "newest".',
    ],
    [{ name: '@scope/ckn', range: ' ' }, 'common.range must be a semver range'],
    [{ name: '@scope/ckn', version: '1' }, 'common.version must be a semantic version'],
    [{ name: 'Not A Name', version: '1.0.0' }, 'common.name must be a name that npm accepts'],
  ])('refuses the reference %j', async (reference, message) => {
    await expect(packFactor(factor, { ...at('x'), common: reference })).rejects.toThrow(message);
  });

  it('writes a model card from the manifest', async () => {
    const { directory } = await packFactor(factor, {
      ...at('card'),
      common: { name: '@scope/ckn', version: '1.2.3', network: common },
      description: 'Colours of objects.',
    });
    const card = await readFile(join(directory, 'README.md'), 'utf8');
    expect(card).toMatch(/^# @scope\/object-hue\n\nColours of objects\.\n/);
    for (const text of [
      '@scope/ckn@^1.0.0',
      'red, green, blue, grey',
      '| this factor | 97.0 % |',
      '| its teacher | 98.0 % |',
      '| other | 0.25 ± 0.01 |',
      '`head.weights.bin`',
      'tiny-teacher',
    ]) {
      expect(card).toContain(text);
    }
    expect(card).not.toContain('undefined');
  });
});
