import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type StaticServer, serveFolder } from '@factornet/assembler/testing';
import { publishPackage } from '@factornet/registry';
import { startRegistry, type TestRegistry } from '@factornet/registry/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writePictureFolder } from '../testing/picture-folder';
import { runCaptured } from '../testing/run-captured';
import { type TinyPipeline, tiny, tinyData, tinyPipeline } from '../testing/tiny-pipeline';

// Every form of a package against every argument and flag that takes one.

const before = process.cwd();
let registry: TestRegistry;
let pipeline: TinyPipeline;
let server: StaticServer;
let picture: string;
let count = 0;
/** The task that networks of one epoch tell best. */
const FACTOR = 'background-hue';

const succeed = async (...argv: readonly string[]) => {
  const told = await runCaptured([...argv, '--json']);
  expect(told.exitCode, `${argv.join(' ')}\n${told.stderr}`).toBe(0);
  return told;
};
const at = (...names: string[]) => pipeline.path(...names);
/** A folder that no earlier run wrote into. */
const fresh = () => at('fresh', String(count++));

beforeAll(async () => {
  registry = await startRegistry();
  vi.stubEnv('npm_config_userconfig', registry.npmrc);
  pipeline = await tinyPipeline();
  // Its features have to tell tasks above chance, which evaluate asks for.
  await pipeline.train('--epochs', '8', '--learning-rate', '0.01');
  await pipeline.factorize();
  await succeed(
    'pack',
    at('out'),
    '--scope',
    '@me',
    '--name',
    'tiny',
    '--out',
    at('packages'),
    '--backend',
    'cpu',
  );
  for (const name of ['common', FACTOR]) {
    const directory = at('packages', `tiny-${name}`);
    await publishPackage({ name: `@me/tiny-${name}`, version: '1.0.0', directory });
    await cp(directory, at('project/node_modules/@me', `tiny-${name}`), { recursive: true });
  }
  await mkdir(at('empty'));
  for (const project of ['project', 'empty'])
    await writeFile(at(project, 'package.json'), '{ "private": true }');
  picture = join(await writePictureFolder(at('pictures'), ['red'], 1), 'red/0.png');
  server = await serveFolder(pipeline.directory);
});
afterAll(async () => {
  process.chdir(before);
  vi.unstubAllEnvs();
  await server.close();
  await registry.stop();
  await pipeline.remove();
});

/** Where a package is, by its last name, and the folder from which it is called so. */
const forms: readonly [form: string, (name: string) => string, cwd: string][] = [
  ['a folder', (name) => `../packages/tiny-${name}`, 'empty'],
  ['a tarball', (name) => `../packages/tarballs/me-tiny-${name}-1.0.0.tgz`, 'empty'],
  ['the URL of a folder', (name) => `${server.origin}packages/tiny-${name}/`, 'empty'],
  ['the URL of a tarball', (name) => `${server.origin}packages/tarballs/me-tiny-${name}-1.0.0.tgz`, 'empty'],
  ['an installed name', (name) => `@me/tiny-${name}`, 'project'],
  ['an installed name with a range', (name) => `@me/tiny-${name}@^1.0.0`, 'project'],
  ['a name on the registry with a range', (name) => `@me/tiny-${name}@^1.0.0`, 'empty'],
];

/** A command that takes a common network and a factor, and what of its JSON shows that it took them. */
type Use = readonly [what: string, argv: (common: string, factor: string) => string[], expected: object];

const pack = ['--scope', '@me', '--name', 'tiny', '--no-tarball', '--backend', 'cpu'];

const uses: readonly Use[] = [
  [
    'assemble',
    (...both) => ['assemble', ...both, '--check', '--backend', 'cpu'],
    { plan: { tasks: [FACTOR] } },
  ],
  [
    'predict',
    (...both) => ['predict', ...both, '--image', picture, '--backend', 'cpu'],
    { predictions: [{ tasks: { [FACTOR]: expect.anything() } }] },
  ],
  ['export', (...both) => ['export', ...both, '--out', fresh(), '--backend', 'cpu'], { outputs: [FACTOR] }],
  ['lock', (...both) => ['lock', ...both, '--lockfile', `${fresh()}.json`], { factors: [{ task: FACTOR }] }],
  [
    'evaluate',
    (...both) => [
      'evaluate',
      ...both,
      '--teacher',
      at('teacher'),
      '--data',
      'shapes:size=600,seed=2,image-size=20',
      '--backend',
      'wasm',
    ],
    { assembly: { accuracy: { [FACTOR]: expect.any(Number) } } },
  ],
  [
    'verify',
    (...both) => ['verify', ...both, '--no-probes', '--backend', 'cpu'],
    {
      packages: [
        { name: '@me/tiny-common', passed: true },
        { name: '@me/tiny-background-hue', passed: true },
      ],
    },
  ],
  [
    'verify --common',
    (common, factor) => ['verify', factor, '--common', common, '--no-probes', '--backend', 'cpu'],
    { packages: [{ name: '@me/tiny-background-hue', passed: true }] },
  ],
  [
    'inspect',
    (_, factor) => ['inspect', factor],
    { name: '@me/tiny-background-hue', task: { name: FACTOR } },
  ],
  [
    'version <package>',
    (common) => ['version', common, '--published', at('packages/tiny-common'), '--backend', 'cpu'],
    { measured: 'patch', drift: 0 },
  ],
  [
    'version --published',
    (common) => ['version', at('out'), '--published', common, '--backend', 'cpu'],
    { measured: 'patch', drift: 0 },
  ],
  [
    'pack --previous',
    (common) => ['pack', at('out/common'), ...pack, '--out', fresh(), '--previous', common],
    { packages: [{ version: '1.0.1' }] },
  ],
  [
    'pack --common-package',
    (common) => ['pack', at('out/factors', FACTOR), ...pack, '--out', fresh(), '--common-package', common],
    { packages: [{ name: '@me/tiny-background-hue', kind: 'factor' }] },
  ],
  [
    'factorize --common',
    (common) => [
      ...['factorize', '--common', common, '--task', 'size', '--data', tinyData, '--limit', '40'],
      ...['--specific-filters', '4', '--out', fresh(), ...tiny],
    ],
    { factors: [{ task: 'size' }] },
  ],
  [
    'publish',
    // The very tarball that the registry has, wherever the package comes from.
    (common) => ['publish', common, '--backend', 'cpu'],
    { packages: [{ name: '@me/tiny-common', status: 'present' }] },
  ],
  [
    'plan',
    (...both) => ['plan', ...both, '--tasks', FACTOR],
    { packages: [{ task: null }, { task: FACTOR }] },
  ],
  [
    'add',
    (...both) => ['add', ...both, '--dry-run'],
    { plan: { packages: [{ kind: 'common' }, { kind: 'factor' }] } },
  ],
];

describe.each(forms)('%s', (_form, nameOf, cwd) => {
  it.each(uses)('of %s', async (_what, argv, expected) => {
    process.chdir(at(cwd));
    const told = await succeed(...argv(nameOf('common'), nameOf(FACTOR)));
    expect(told.json()).toMatchObject(expected);
  });
});

it('takes a tag of the registry', async () => {
  process.chdir(at('empty'));
  expect((await succeed('inspect', '@me/tiny-background-hue@latest')).json()).toMatchObject({
    version: '1.0.0',
  });
});

it('adds the folder of a server as a tarball that the project keeps', async () => {
  process.chdir(at('empty'));
  const folders = ['common', FACTOR].map((name) => `${server.origin}packages/tiny-${name}/`);
  const told = await succeed('add', ...folders, '--yes');
  expect(told.json()).toMatchObject({ installed: true });
  expect((await succeed('list')).json()).toMatchObject({
    groups: [{ name: '@me/tiny-common', tasks: [FACTOR] }],
  });
});

it('takes the common network of a factor from where that came from, if it is not named', async () => {
  process.chdir(at('project'));
  await succeed('assemble', '@me/tiny-background-hue@^1.0.0');
  process.chdir(await mkdir(at('alone'), { recursive: true }).then(() => at('alone')));
  const { stderr } = await succeed('assemble', '@me/tiny-background-hue@^1.0.0');
  expect(stderr).toContain('Fetching @me/tiny-common@^1.0.0 from the registry');
});
