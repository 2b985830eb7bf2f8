import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { CancelledError, InvalidOptionError } from '@factornet/spec';
import { RegistryError } from '@factornet/spec/publishing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectManager, type Manager } from './detect-manager';
import { installCommand } from './install-command';
import { installPackages } from './install-packages';
import { undoCommands } from './undo-commands';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-manager-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function projectOf(files: Readonly<Record<string, string>>): Promise<string> {
  const project = await mkdtemp(join(folder, 'project-'));
  for (const [name, content] of Object.entries({ 'package.json': '{}', ...files })) {
    await mkdir(dirname(join(project, name)), { recursive: true });
    await writeFile(join(project, name), content);
  }
  return project;
}

describe('detectManager', () => {
  it.each<[string, Manager, Record<string, string>]>([
    ['nothing', 'npm', {}],
    ['package-lock.json', 'npm', { 'package-lock.json': '{}' }],
    ['pnpm-lock.yaml', 'pnpm', { 'pnpm-lock.yaml': '' }],
    ['packageManager', 'pnpm', { 'package.json': '{ "packageManager": "pnpm@12.21.0" }' }],
    ['devEngines', 'pnpm', { 'package.json': '{ "devEngines": { "packageManager": { "name": "pnpm" } } }' }],
    ['a yarn.lock of version 1', 'yarn', { 'yarn.lock': '# yarn lockfile v1\n' }],
    ['a yarn.lock of version 4', 'yarn@berry', { 'yarn.lock': '\n__metadata:\n  version: 8\n' }],
    ['.yarnrc.yml', 'yarn@berry', { 'yarn.lock': '', '.yarnrc.yml': 'nodeLinker: node-modules\n' }],
    ['packageManager: yarn', 'yarn@berry', { 'package.json': '{ "packageManager": "yarn@4.9.1" }' }],
  ])('goes by %s: %s', async (_, expected, files) => {
    expect(await detectManager(await projectOf(files))).toBe(expected);
  });

  it('looks in the folders above, as a workspace has its lockfile there', async () => {
    const project = await projectOf({ 'pnpm-lock.yaml': '', 'packages/app/package.json': '{}' });
    expect(await detectManager(join(project, 'packages', 'app'))).toBe('pnpm');
  });

  it('takes the one that is asked for, of those it knows', async () => {
    const project = await projectOf({ 'pnpm-lock.yaml': '', 'bun/bun.lock': '', 'bun/package.json': '{}' });
    expect(await detectManager(project, 'npm')).toBe('npm');
    for (const refuse of [() => detectManager(project, 'cargo'), () => detectManager(join(project, 'bun'))]) {
      await expect(refuse()).rejects.toThrow(InvalidOptionError);
      await expect(refuse()).rejects.toThrow(/npm, pnpm, yarn.*--manager npm/s);
    }
  });
});

describe('installCommand', () => {
  const packages = ['@me/ckn@1.0.0', '/tarballs/me shape.tgz'];
  it.each<[Manager, string, string[]]>([
    ['npm', 'npm', ['i', '--ignore-scripts', '--no-audit', '--no-fund', '--@me:registry=http://r/']],
    [
      'pnpm',
      'pnpm',
      ['add', '--ignore-workspace-root-check', '--ignore-scripts', '--config.@me:registry=http://r/'],
    ],
    [
      'yarn',
      'yarn',
      [
        'add',
        '--ignore-workspace-root-check',
        '--ignore-scripts',
        '--non-interactive',
        '--registry=http://r/',
      ],
    ],
    ['yarn@berry', 'yarn', ['add', '--mode=skip-build']],
  ])('says it to %s', (manager, command, parameters) => {
    const given = installCommand(manager, packages, { registry: 'http://r/' });
    expect(given).toMatchObject({ command, parameters: [...parameters, ...packages] });
    expect(given.environment).toEqual(
      manager === 'yarn@berry' ? { YARN_NPM_REGISTRY_SERVER: 'http://r/' } : {},
    );
    expect(installCommand(manager, packages).parameters.join()).not.toContain('registry');
  });

  it.each(['npm', 'pnpm'] as const)(
    'tells %s the registry of scopes alone, of everything only where a name has none',
    (manager) => {
      const flagsFor = (...specifiers: string[]) =>
        installCommand(manager, specifiers, { registry: 'http://r/' }).parameters.filter((word) =>
          word.includes('registry='),
        );
      expect(flagsFor('@me/ckn@1.0.0', 'shape@1.0.0')).toEqual(['--registry=http://r/']);
      expect(flagsFor('@me/ckn@1.0.0', '@me/shape@^1', '@you/hue')).toHaveLength(2);
      expect(flagsFor('/tarballs/me-shape.tgz', './folder')).toEqual([]);
    },
  );
});

describe('undoCommands', () => {
  const packages = [
    { name: '@me/ckn', step: 'update', from: '1.0.0' },
    { name: '@me/shape', step: 'install', from: undefined },
    { name: '@me/size', step: 'present', from: undefined },
    { name: '@me/hue', step: 'list', from: undefined },
  ] as const;
  it.each<[Manager, string, string]>([
    ['npm', 'npm uninstall @me/shape @me/hue', 'npm i @me/ckn@1.0.0'],
    ['pnpm', 'pnpm remove @me/shape @me/hue', 'pnpm add @me/ckn@1.0.0'],
    ['yarn', 'yarn remove @me/shape @me/hue', 'yarn add @me/ckn@1.0.0'],
    ['yarn@berry', 'yarn remove @me/shape @me/hue', 'yarn add @me/ckn@1.0.0'],
  ])('says it to %s', (manager, ...expected) => {
    expect(undoCommands(manager, packages).map((words) => words.join(' '))).toEqual(expected);
    expect(undoCommands(manager, packages.slice(2, 3))).toEqual([]);
  });
});

describe('installPackages', () => {
  const collector = () => {
    const chunks: string[] = [];
    const write = (chunk: unknown, _: unknown, done: () => void) => {
      chunks.push(String(chunk));
      done();
    };
    return { output: new Writable({ write }), text: () => chunks.join('') };
  };

  it('fails with the words of the package manager, which were shown as they came', async () => {
    const { output, text } = collector();
    const directory = await projectOf({});
    const attempt = installPackages([join(folder, 'no-such.tgz')], { directory, manager: 'npm', output });
    const error = await attempt.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RegistryError);
    expect(error).toMatchObject({
      command: expect.stringMatching(/^npm i .*no-such\.tgz$/),
      output: expect.stringContaining('ENOENT'),
      hint: expect.stringContaining('Nothing else was changed'),
    });
    expect(text()).toContain('ENOENT');
  });

  it('says what to do where the package manager is not there', async () => {
    const path = process.env.PATH;
    process.env.PATH = folder;
    const options = { directory: await projectOf({}), manager: 'yarn', output: collector().output } as const;
    const error = await installPackages(['x'], options).catch((reason: unknown) => reason);
    process.env.PATH = path;
    expect(error).toMatchObject({
      output: 'yarn could not be started.',
      hint: expect.stringMatching(/corepack enable.*--manager npm/),
    });
  });

  it('stops when it is told to', async () => {
    const options = { directory: await projectOf({}), manager: 'npm', output: collector().output } as const;
    const attempt = installPackages(['x'], { ...options, signal: AbortSignal.abort() });
    await expect(attempt).rejects.toThrow(CancelledError);
  });
});
