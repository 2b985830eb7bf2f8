import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { HUE, SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runCaptured } from '../../testing/run-captured';

let root: string;
let before: string;
const at = (...names: string[]) => join(root, ...names);

/** `packages/…` as `factornet pack` writes them, and a project that has some of them installed. */
beforeAll(async () => {
  before = process.cwd();
  await useBackend('cpu');
  root = await realpath(await mkdtemp(join(tmpdir(), 'factornet-cli-verify-')));
  const common = await tinyCommon();
  const factors = { shape: tinyFactor(common, SHAPE, 100), hue: tinyFactor(common, HUE, 200) };
  const options = (name: string) => ({
    name: `@me/${name}`,
    version: '1.0.0',
    directory: at('packages', name),
  });
  const ckn = await packCommon(common, options('ckn'));
  for (const [name, factor] of Object.entries(factors)) {
    await packFactor(factor, { ...options(name), common: ckn });
    disposeBrick(factor);
  }
  disposeBrick(common);
  const modules = at('project', 'node_modules');
  for (const name of ['ckn', 'shape'])
    await cp(at('packages', name), join(modules, '@me', name), { recursive: true });
  await write('project/node_modules/ordinary/package.json', { name: 'ordinary', exports: './x.js' });
  // A peer that came along is no dependency of the project.
  await write('project/package.json', {
    dependencies: { '@me/shape': '^1.0.0', ordinary: '*', absent: '*' },
  });
});
afterEach(() => process.chdir(before));
afterAll(() => rm(root, { recursive: true, force: true }));

async function write(path: string, value: object): Promise<void> {
  await mkdir(at(path, '..'), { recursive: true });
  await writeFile(at(path), JSON.stringify(value));
}

const verify = (...argv: string[]) => runCaptured(['verify', ...argv, '--backend', 'cpu']);

interface VerifyJson {
  error?: { code: string; message: string; hint: string | null };
  backend: string;
  packages: {
    name: string;
    passed: boolean;
    directory: string;
    checks: { check: string; status: string; detail: string; error?: object }[];
  }[];
}

test('folders: a table of checks each, the backend of the probes, and what to do next', async () => {
  process.chdir(root);
  const { exitCode, stdout, stderr } = await verify('packages/ckn', 'packages/shape');
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toMatch(/@me\/ckn@1\.0\.0 \(common, packages\/ckn\)/);
  expect(stdout).toMatch(/│ probes +│ ok +│ 4 pictures on cpu: deviate by .*, tolerated is 0\.0001/);
  expect(stdout).toMatch(/│ common +│ ok +│ @me\/ckn@1\.0\.0: features deviate/);
  expect(stdout).toMatch(
    /All 2 passed\. See what they assemble to: factornet assemble packages\/ckn packages\/shape/,
  );
  expect(stderr).toMatch(/Backend: cpu/);
  expect(stderr).toMatch(/Verified @me\/shape \(2 of 2\)/);
});

test('without arguments, what the project depends on and the peer that came along', async () => {
  process.chdir(at('project'));
  const run = await verify('--json');
  expect(run.exitCode, run.stderr).toBe(0);
  const { backend, packages } = run.json<VerifyJson>();
  expect(backend).toBe('cpu');
  expect(packages.map(({ name, passed }) => [name, passed])).toEqual([
    ['@me/shape', true],
    ['@me/ckn', true],
  ]);
  expect(packages[0]?.checks.map(({ check, status }) => `${check} ${status}`)).toEqual([
    ...['folder passed', 'package-json passed', 'manifest passed', 'generated-module passed', 'files passed'],
    ...['topology passed', 'shapes passed', 'statements passed', 'representation skipped'],
    ...['probes passed', 'capacity passed', 'common passed'],
  ]);
});

test('by installed name, and with the common network that is named', async () => {
  process.chdir(at('project'));
  const run = await verify('@me/shape', '--common', at('packages', 'ckn'), '--json');
  expect(run.exitCode, run.stderr).toBe(0);
  expect(run.json<VerifyJson>().packages[0]?.directory).toBe(at('project/node_modules/@me/shape'));
  const other = await verify('@me/shape', '--common', at('packages', 'hue'), '--json');
  expect(other.exitCode).toBe(3);
  expect(other.json<VerifyJson>().error).toMatchObject({ code: 'invalid-manifest' });
});

test('a refused one exits with 3, tells why, and does not keep others from being verified', async () => {
  await cp(at('packages', 'hue'), at('bad', 'hue'), { recursive: true });
  const path = at('bad', 'hue', 'package.json');
  const json = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...json, scripts: { install: 'x' } }));
  process.chdir(root);
  const run = await verify('bad/hue', 'packages/ckn', '--json');
  expect(run.exitCode).toBe(3);
  const { error, packages } = run.json<VerifyJson>();
  expect(error).toMatchObject({
    code: 'refused-package',
    message: expect.stringMatching(/\(scripts\).*field "scripts"/),
  });
  expect(packages.map(({ passed }) => passed)).toEqual([false, true]);
  expect(packages[0]?.checks[1]).toMatchObject({
    check: 'package-json',
    status: 'failed',
    error: { code: 'refused-package' },
  });
  const { stdout } = await verify('bad/hue');
  expect(stdout).toMatch(/│ package-json +│ FAILED +│/);
  expect(stdout).toMatch(/Error: .*bad\/hue\/package\.json is refused \(scripts\)/);
  expect(stdout).toMatch(/Refused: bad\/hue\. Do not publish it: pack it again\./);
});

test('a factor that does not fit what is installed exits with 4', async () => {
  await cp(at('project'), at('mixed'), { recursive: true });
  const path = at('mixed/node_modules/@me/ckn/package.json');
  const json = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...json, version: '2.0.0' }));
  process.chdir(at('mixed'));
  const run = await verify('@me/shape', '--json');
  expect(run.exitCode).toBe(4);
  expect(run.json<VerifyJson>().error).toMatchObject({ code: 'incompatible-common' });
});

test('what cannot be read among the dependencies is told, not passed over', async () => {
  await cp(at('project'), at('linked'), { recursive: true });
  await rm(at('linked/node_modules/@me/shape/package.json'));
  await symlink(at('packages/shape/package.json'), at('linked/node_modules/@me/shape/package.json'));
  process.chdir(at('linked'));
  const run = await verify('--json');
  expect(run.exitCode).toBe(3);
  expect(run.json<VerifyJson>().error?.message).toMatch(/symbolic link/);
});

test('without probes, and above the limit only if it is raised', async () => {
  process.chdir(root);
  const without = (await verify('packages/shape', '--no-probes', '--json')).json<VerifyJson>();
  expect(without.packages[0]?.checks.find(({ check }) => check === 'probes')).toMatchObject({
    check: 'probes',
    status: 'skipped',
    detail: 'not asked for',
  });
  const small = await verify('packages/shape', '--max-bytes', '10kB', '--json');
  expect(small.exitCode).toBe(3);
  expect(small.json<VerifyJson>().error).toMatchObject({ code: 'package-too-large' });
});

test('says what to do where there is nothing', async () => {
  process.chdir(at('packages'));
  await write('empty/package.json', {});
  process.chdir(at('empty'));
  const none = await verify('--json');
  expect(none.exitCode).toBe(3);
  expect(none.json<VerifyJson>().error?.hint).toMatch(/factornet add <package>/);
  const absent = await verify('@me/absent', '--json');
  expect(absent.json<VerifyJson>().error?.hint).toMatch(/npm install @me\/absent/);
  const folder = await verify('./absent', '--json');
  expect(folder.json<VerifyJson>().error?.message).toMatch(/empty\/absent does not exist/);
});
