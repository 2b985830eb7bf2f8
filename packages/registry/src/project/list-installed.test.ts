import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidManifestError, MissingFileError, RefusedPackageError } from '@factornet/spec';
import spawn from 'nano-spawn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest, sampleCommon, sampleFactor } from '../testing/sample-packages';
import { type SampleProject, sampleProject } from '../testing/sample-project';
import { groupInstalled, type InstalledProject, listInstalled } from './list-installed';
import { findProject } from './read-project';

let project: SampleProject;
let installed: InstalledProject;
const at = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '*']));

beforeAll(async () => {
  project = await sampleProject({
    dependencies: at(['@me/shape', '@me/hue', 'lodash', 'absent', 'hidden', 'mentions']),
    devDependencies: at(['@me/age', '@me/shape']),
    optionalDependencies: at(['@you/ckn', 'broken', 'garbled']),
  });
  await Promise.all([
    project.place(sampleCommon()),
    project.place(sampleFactor('shape')),
    project.place(sampleFactor('hue', { representation: digest('z') })),
    project.place(sampleFactor('age', { common: '@them/ckn' })),
    project.place(sampleCommon({ name: '@you/ckn' })),
    project.write('node_modules/lodash/package.json', { name: 'lodash', version: '4.0.0' }),
    project.write('node_modules/hidden/package.json', {
      name: 'hidden',
      version: '1.0.0',
      exports: './x.js',
    }),
    project.write('node_modules/mentions/package.json', {
      name: 'mentions',
      dependencies: { factornet: '*' },
    }),
    project.write('node_modules/broken/package.json', {
      name: 'broken',
      version: '1.0.0',
      factornet: { spec: 1 },
    }),
    project.write('node_modules/garbled/package.json', '{ "name": "garbled", "factornet": '),
  ]);
  installed = await listInstalled(project.directory);
});
afterAll(() => project.remove());

const names = (packages: readonly { name: string }[]) => packages.map(({ name }) => name);

describe('listInstalled', () => {
  it('finds packages of knowledge among all kinds of dependencies, and peers that came along', () => {
    expect(names(installed.factors)).toEqual(['@me/age', '@me/hue', '@me/shape']);
    expect(names(installed.commons)).toEqual(['@you/ckn', '@me/ckn']);
    expect(installed.dependencies).toContain('lodash');
    expect(installed.dependencies).not.toContain('@me/ckn');
    expect(installed.missing).toEqual(['absent']);
  });

  it.skipIf(process.platform === 'win32')('does not wait for a pipe in place of a package.json', async () => {
    const other = await sampleProject({ dependencies: at(['piped']) });
    await mkdir(join(other.directory, 'node_modules/piped'), { recursive: true });
    await spawn('mkfifo', [join(other.directory, 'node_modules/piped/package.json')]);
    const { broken } = await listInstalled(other.directory);
    expect(names(broken)).toEqual(['piped']);
    expect(broken[0]?.error).toBeInstanceOf(RefusedPackageError);
    await other.remove();
  });

  it('keeps broken ones with their error, and takes no ordinary package for one', () => {
    expect(names(installed.broken)).toEqual(['broken', 'garbled']);
    for (const { error } of installed.broken) expect(error).toBeInstanceOf(InvalidManifestError);
  });

  it('finds what is installed in a folder above, as workspaces have it', async () => {
    await project.write('packages/app/package.json', { dependencies: at(['@me/shape']) });
    const below = await listInstalled(join(project.directory, 'packages', 'app'));
    expect(names([...below.commons, ...below.factors])).toEqual(['@me/ckn', '@me/shape']);
  });

  it('refuses a folder that is no project', async () => {
    await mkdir(join(project.directory, 'empty'));
    await project.write('odd/package.json', '{ "name": ');
    await expect(listInstalled(join(project.directory, 'empty'))).rejects.toThrow(MissingFileError);
    await expect(listInstalled(join(project.directory, 'odd'))).rejects.toThrow(InvalidManifestError);
  });
});

describe('groupInstalled', () => {
  it('sorts factors under the networks they were made for, and says what does not fit', () => {
    const groups = groupInstalled(installed);
    expect(groups.map(({ name, common, factors }) => [name, common?.version, names(factors)])).toEqual([
      ['@you/ckn', '1.0.0', []],
      ['@me/ckn', '1.0.0', ['@me/hue', '@me/shape']],
      ['@them/ckn', undefined, ['@me/age']],
    ]);
    expect(groups.map(({ plan }) => plan?.conflicts.length)).toEqual([0, 1, undefined]);
    expect(groups[1]?.plan).toMatchObject({
      bytes: 4800,
      conflicts: [{ kind: 'incompatible-common', factor: '@me/hue@1.0.0', reason: 'representation' }],
    });
  });
});

describe('findProject', () => {
  it('is the nearest folder with a package.json', async () => {
    expect(await findProject(join(project.directory, 'empty'))).toBe(project.directory);
    expect(await findProject(join(project.directory, 'packages', 'app'))).toBe(
      join(project.directory, 'packages', 'app'),
    );
    await expect(findProject('/')).rejects.toThrow(/npm init/);
  });
});
