import { copyFile, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { assemble } from '@factornet/assembler';
import { createLock } from '@factornet/assembler/lock';
import { findPackage, readLock, writeLock } from '@factornet/assembler/node';
import { startRegistry, type TestRegistry } from '@factornet/registry/testing';
import spawn from 'nano-spawn';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../run';
import { publishNetworks } from '../../testing/published-networks';
import { type CapturedRun, collector, runCaptured } from '../../testing/run-captured';

// What `factornet add`, `plan` and `list` do against a real registry with a real package manager.

const home = process.cwd();
let registry: TestRegistry;
let project: string;

beforeAll(async () => {
  registry = await startRegistry();
  await publishNetworks(registry);
});
afterAll(() => registry.stop());

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'factornet-add-'));
  await copyFile(registry.npmrc, join(project, '.npmrc'));
  await writeFile(join(project, 'package.json'), '{ "name": "project", "private": true, "type": "module" }');
  process.chdir(project);
});
afterEach(async () => {
  process.chdir(home);
  await rm(project, { recursive: true, force: true });
});

async function succeed(...argv: string[]): Promise<CapturedRun> {
  const done = await runCaptured(argv);
  expect(done.exitCode, done.stderr).toBe(0);
  return done;
}
const dependencies = async () =>
  JSON.parse(await readFile(join(project, 'package.json'), 'utf8')).dependencies;
const versions = async (...names: string[]) =>
  Promise.all(names.map(async (name) => (await findPackage(name, project)).version));
const nothingInstalled = async () => {
  expect(await dependencies()).toBeUndefined();
  await expect(stat(join(project, 'node_modules'))).rejects.toThrow('ENOENT');
};

interface AddJson {
  plan: {
    install: string[];
    packages: { name: string; step: string; downloadBytes: number }[];
    tasksGained: string[];
    downloadBytes: number;
    conflicts: { kind: string; message: string }[];
  };
  command: string[];
  installed: boolean;
  lock: { updated: boolean; message: string } | null;
}

describe('add', () => {
  test('plans, installs with the common network, and what it installed assembles', async () => {
    const planned = await succeed('add', '@me/shape', '@me/size', '--dry-run', '--json');
    const { plan, command, installed } = planned.json<AddJson>();
    expect(plan.install).toEqual(['@me/ckn@1.0.0', '@me/shape@1.0.0', '@me/size@1.0.0']);
    expect(plan.tasksGained).toEqual(['shape', 'size']);
    expect(plan.downloadBytes).toBe(plan.packages.reduce((sum, each) => sum + each.downloadBytes, 0));
    expect(command.slice(0, 2)).toEqual(['npm', 'i']);
    expect(installed).toBe(false);
    await nothingInstalled();

    const added = await succeed('add', '@me/shape', '@me/size', '--yes');
    expect(added.stderr).toMatch(/@me\/ckn@1\.0\.0.*common.*install/);
    expect(added.stderr).toContain('Tasks gained: shape, size.');
    expect(added.stdout).toContain("import shape from '@me/shape';");
    expect(added.stdout).toContain('await assemble(common, [shape, size]);');
    expect(Object.keys(await dependencies())).toEqual(['@me/ckn', '@me/shape', '@me/size']);
    const network = await assemble('@me/ckn', ['@me/shape', '@me/size']);
    expect(network.tasks).toEqual(['shape', 'size']);
    network.dispose();

    const again = await succeed('add', '@me/shape', '--json');
    expect(again.json<AddJson>()).toMatchObject({
      command: null,
      installed: false,
      plan: { downloadBytes: 0 },
    });
  });

  test('refuses what does not go together, and changes nothing', async () => {
    const two = await runCaptured(['add', '@me/shape', '@me/hue@2.0.0', '--yes', '--json']);
    expect(two.exitCode).toBe(4);
    expect(two.json()).toMatchObject({
      error: {
        code: 'incompatible-common',
        message: expect.stringMatching(/@me\/shape.*@me\/ckn@\^1.*which suits @me\/hue@2/),
      },
    });
    const twice = await runCaptured(['add', '@me/shape', '@you/shape', '--yes']);
    expect(twice.exitCode).toBe(4);
    expect(twice.stdout).toContain('Conflict: More than one factor is named "shape"');
    await nothingInstalled();

    await succeed('add', '@me/shape', '--yes');
    const before = await readFile(join(project, 'package.json'), 'utf8');
    const third = await runCaptured(['add', '@me/hue@2.0.0', '--yes']);
    expect(third.exitCode).toBe(4);
    expect(third.stdout).toMatch(
      /@me\/hue@2\.0\.0 was made for @me\/ckn@\^2\.0\.0.*which suits @me\/shape@1\.0\.0/,
    );
    expect(await readFile(join(project, 'package.json'), 'utf8')).toBe(before);
  });

  test('says what npm says of a package that is not there', async () => {
    const { exitCode, stdout, stderr } = await runCaptured(['add', '@me/nothing', '--json']);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'registry',
      message: expect.stringContaining('E404'),
    });
    expect(stderr).toContain('Hint: Check name, version and registry');
  });

  test('asks, and installs nothing without a yes', async () => {
    const silent = await runCaptured(['add', '@me/shape']);
    expect(silent.exitCode).toBe(2);
    expect(silent.stderr).toMatch(/@me\/shape@1\.0\.0.*--yes/s);
    for (const keys of ['\x03', 'n']) {
      const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
      const [stdout, stderr] = [collector(), collector()];
      // The key is pressed once the question is there.
      const timer = setInterval(
        () => stderr.text().includes('Install these 2 packages?') && stdin.write(keys),
        50,
      );
      const terminal = Object.assign(stderr.stream, { isTTY: true, columns: 80, rows: 24 });
      expect(await run(['add', '@me/shape'], { stdin, stdout: stdout.stream, stderr: terminal })).toBe(130);
      clearInterval(timer);
      expect(stderr.text()).toContain('Nothing was installed.');
    }
    await nothingInstalled();
  });

  test('takes what it added into the lockfile, if there is one', async () => {
    await succeed('add', '@me/shape', '--yes');
    const path = join(project, 'factornet.lock.json');
    await writeLock(path, await createLock({ common: '@me/ckn', factors: ['@me/shape'] }));
    const { lock } = (await succeed('add', '@me/size', '--yes', '--json')).json<AddJson>();
    expect(lock).toMatchObject({ updated: true, message: 'factornet.lock.json now pins 3 packages.' });
    expect(await readLock(path)).toEqual(
      await createLock({ common: '@me/ckn', factors: ['@me/shape', '@me/size'] }),
    );
  });

  test('installs with pnpm where the project does', async () => {
    const { packageManager } = JSON.parse(
      await readFile(fileURLToPath(new URL('../../../../../package.json', import.meta.url)), 'utf8'),
    );
    const found = await spawn(
      'npx',
      ['--yes', '--package', packageManager, '--', 'sh', '-c', 'command -v pnpm'],
      { cwd: home },
    );
    const path = process.env.PATH;
    process.env.PATH = `${dirname(found.stdout.trim())}:${path}`;
    try {
      await writeFile(join(project, 'pnpm-lock.yaml'), "lockfileVersion: '9.0'\n");
      // What was published a moment ago is too young for pnpm's taste.
      await writeFile(join(project, 'pnpm-workspace.yaml'), 'minimumReleaseAge: 0\n');
      const { command } = (await succeed('add', '@me/shape', '@me/hue', '--yes', '--json')).json<AddJson>();
      expect(command.slice(0, 2)).toEqual(['pnpm', 'add']);
    } finally {
      process.env.PATH = path;
    }
    expect(await dependencies()).toEqual({ '@me/ckn': '1.0.0', '@me/hue': '1.0.0', '@me/shape': '1.0.0' });
    expect(await versions('@me/ckn', '@me/hue')).toEqual(['1.0.0', '1.0.0']);
    expect((await stat(join(project, 'node_modules', '.pnpm'))).isDirectory()).toBe(true);
    const { groups } = (await succeed('list', '--json')).json<{ groups: { tasks: string[] }[] }>();
    expect(groups.map(({ tasks }) => tasks)).toEqual([['object-hue', 'shape']]);
  });

  test('adds folders, which npm links', async () => {
    await spawn('npm', ['pack', '@me/ckn@1.0.0', '@me/shape@1.0.0', '--pack-destination', '..'], {
      cwd: project,
    });
    for (const name of ['ckn', 'shape']) {
      await mkdir(join(project, 'packages', name), { recursive: true });
      const tarball = join(project, '..', `me-${name}-1.0.0.tgz`);
      await spawn('tar', ['-xzf', tarball, '-C', join(project, 'packages', name), '--strip-components=1']);
      await rm(tarball);
    }
    await succeed('add', './packages/ckn', './packages/shape', '--yes');
    expect(await dependencies()).toEqual({
      '@me/ckn': 'file:packages/ckn',
      '@me/shape': 'file:packages/shape',
    });
    const network = await assemble('@me/ckn', ['@me/shape']);
    network.dispose();
  });
});

describe('plan', () => {
  test('chooses among what a scope has, and the command it prints adds that', async () => {
    const planned = await succeed('plan', '--tasks', 'object-hue,shape', '--scope', '@me', '--json');
    const { packages, command } = planned.json<{
      packages: { name: string; version: string }[];
      command: string[];
    }>();
    expect(packages.map(({ name, version }) => `${name}@${version}`)).toEqual([
      '@me/ckn@1.0.0',
      '@me/hue@1.0.0',
      '@me/shape@1.0.0',
    ]);
    await succeed(...command.slice(1), '--yes');
    expect(Object.keys(await dependencies())).toEqual(['@me/ckn', '@me/hue', '@me/shape']);
  });

  test('keeps to candidates by name, with the registry named', async () => {
    await rm(join(project, '.npmrc'));
    const asked = [
      'plan',
      '@you/shape',
      '--tasks',
      'shape',
      '--max-bytes',
      '1MB',
      '--registry',
      registry.url,
    ];
    const { stdout } = await succeed(...asked);
    expect(stdout).toContain(`factornet add @me/ckn@1.0.0 @you/shape@1.0.0 --registry ${registry.url}`);
    expect(stdout).toContain('0.970');
  });

  test('says why there is no choice', async () => {
    const small = await runCaptured([
      'plan',
      '@me/shape',
      '--tasks',
      'shape',
      '--max-bytes',
      '10kB',
      '--json',
    ]);
    expect(small.exitCode).toBe(4);
    expect(small.json()).toMatchObject({
      error: {
        code: 'no-choice',
        message: expect.stringMatching(/the smallest choice has \d+ bytes, more than 10000/),
      },
    });
    const apart = await runCaptured(['plan', '@me/shape', '@me/hue@2.0.0', '--tasks', 'shape,object-hue']);
    expect(apart.exitCode).toBe(4);
    expect(apart.stderr).toMatch(
      /@me\/ckn@2\.0\.0 has no factor for "shape" that fits it|@me\/ckn@1\.0\.0 has no factor/,
    );
    const unknown = await runCaptured(['plan', '--tasks', 'age', '--scope', '@me']);
    expect(unknown.stderr).toContain('no candidate does "age"; there is "object-hue", "shape", "size"');
    const nobody = await runCaptured(['plan', '--tasks', 'age', '--scope', '@nobody']);
    expect(nobody.stderr).toContain('name the candidates after the options');
  });
});

describe('list', () => {
  test('says what to do in an empty project', async () => {
    const { stdout } = await succeed('list');
    expect(stdout).toMatch(/No packages of knowledge.*factornet plan --tasks.*factornet add/s);
  });

  test('shows what is there and flags what does not fit', async () => {
    await succeed('add', '@me/shape', '--yes');
    await spawn('npm', ['install', '@me/hue@2.0.0', '--legacy-peer-deps'], { cwd: project });
    const { stdout } = await succeed('list');
    expect(stdout).toMatch(/@me\/shape@1\.0\.0.*circle, square, star.*0\.970.*yes/);
    expect(stdout).toMatch(/@me\/hue@2\.0\.0.*no/);
    expect(stdout).toMatch(/Conflict: @me\/hue@2\.0\.0 was made for @me\/ckn@\^2\.0\.0/);
    // A link that leads nowhere, and a dependency nobody installed.
    await rm(join(project, 'node_modules', '@me', 'shape'), { recursive: true });
    await symlink('/nowhere', join(project, 'node_modules', '@me', 'shape'));
    expect((await succeed('list')).stdout).toContain('Not installed yet: @me/shape.');
  });
});
