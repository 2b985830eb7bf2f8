import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { MissingFileError } from '@factornet/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCommonReference } from './common-reference';

let project: string;
const installed = (name: string) => join(project, 'node_modules', '@me', name);

beforeAll(async () => {
  await useBackend('cpu');
  project = await mkdtemp(join(tmpdir(), 'factornet-common-reference-'));
  const common = await tinyCommon();
  const factor = tinyFactor(common, SHAPE);
  const at = (name: string) => ({ name: `@me/${name}`, version: '1.2.0', directory: installed(name) });
  const ckn = await packCommon(common, at('ckn'));
  await packFactor(factor, { ...at('shape'), common: ckn });
  disposeBrick(common);
  disposeBrick(factor);
});
afterAll(() => rm(project, { recursive: true, force: true }));

describe('readCommonReference', () => {
  it('reads a folder, an installed name, and that with its version or a range', async () => {
    for (const specifier of [installed('ckn'), '@me/ckn', '@me/ckn@1.2.0', '@me/ckn@^1.0.0']) {
      const { name, version, manifest, directory } = await readCommonReference(specifier, project);
      expect([name, version, manifest.kind]).toEqual(['@me/ckn', '1.2.0', 'common']);
      expect(directory).toBe(installed('ckn'));
    }
  });

  it('refuses another version than the installed one, a factor, and what is not installed', async () => {
    await expect(readCommonReference('@me/ckn@2.0.0', project)).rejects.toThrow(
      '--common-package must be the version that is installed, @me/ckn@1.2.0, but is "@me/ckn@2.0.0".\n' +
        'Install the other one, or name its package folder: npm install @me/ckn@2.0.0',
    );
    await expect(readCommonReference('@me/shape', project)).rejects.toThrow(
      '--common-package must be a common-knowledge package',
    );
    await expect(readCommonReference('@me/none@1.0.0', project)).rejects.toSatisfy(
      MissingFileError.isInstance,
    );
  });
});
