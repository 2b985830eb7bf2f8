import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPackage } from '@factornet/assembler/node';
import { type CommonNetwork, disposeBrick, type FactorNetwork, useBackend } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packTarball } from './pack-tarball';

const run = promisify(execFile);
let folder: string;
let project: string;
let common: CommonNetwork;
let factor: FactorNetwork;

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-npm-'));
  project = join(folder, 'project');
  await mkdir(project);
  await writeFile(join(project, 'package.json'), '{ "name": "project", "private": true }');
  common = await tinyCommon();
  factor = tinyFactor(common, SHAPE);
  for (const version of ['1.2.0', '2.0.0']) {
    const { directory } = await packCommon(common, {
      name: '@scope/ckn',
      version,
      directory: join(folder, `ckn-${version}`),
    });
    await packTarball(directory, project);
  }
  const { directory } = await packFactor(factor, {
    name: '@scope/shape',
    version: '1.0.0',
    directory: join(folder, 'shape'),
    common: { name: '@scope/ckn', version: '1.0.0', network: common },
  });
  await packTarball(directory, project);
});
afterAll(async () => {
  disposeBrick(common);
  disposeBrick(factor);
  await rm(folder, { recursive: true, force: true });
});

const install = (...tarballs: string[]) =>
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', ...tarballs], { cwd: project });

it('npm itself refuses a factor of another common-knowledge major, and takes one that fits', async () => {
  const refusal = await install('./scope-ckn-2.0.0.tgz', './scope-shape-1.0.0.tgz').catch((error) => error);
  expect(refusal).toMatchObject({ code: 1, stderr: expect.stringContaining('ERESOLVE') });
  expect(refusal.stderr).toContain('peer @scope/ckn@"^1.0.0" from @scope/shape@1.0.0');

  await install('./scope-ckn-1.2.0.tgz', './scope-shape-1.0.0.tgz');
  expect((await findPackage('@scope/ckn', project)).version).toBe('1.2.0');
  expect((await findPackage('@scope/shape', project)).manifest.kind).toBe('factor');
});
