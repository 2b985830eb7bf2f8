import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { disposeBrick } from '@factornet/core';
import { readPackedModel } from '@factornet/core/internal';
import { writeBrick } from '@factornet/core/node';
import { expectNoLeak } from '@factornet/core/testing';
import { modelDigest } from '@factornet/core/training';
import { scaledCommon } from '@factornet/packer/testing';
import { readCommonNetwork } from '@factornet/pipeline';
import { type CommonManifest, type FactorManifest, parseManifest } from '@factornet/spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCaptured } from '../../testing/run-captured';
import { type TinyPipeline, tinyData, tinyPipeline } from '../../testing/tiny-pipeline';

let pipeline: TinyPipeline;

beforeAll(async () => {
  pipeline = await tinyPipeline();
  for (const step of [pipeline.train, pipeline.factorize, () => pipeline.pack('--scope', '@me')]) {
    const { exitCode, stderr } = await step();
    expect(exitCode, stderr).toBe(0);
  }
});
afterAll(() => pipeline.remove());

interface PackedJson {
  packages: { name: string; version: string; dtype: string; directory: string; measured?: object }[];
}

const backend = ['--backend', 'wasm'];

async function manifestOf<M extends CommonManifest | FactorManifest>(...names: string[]): Promise<M> {
  const path = pipeline.path(...names, 'package.json');
  return parseManifest(JSON.parse(await readFile(path, 'utf8')).factornet, path) as M;
}

/** A factorization whose common network has features times `factor`, and no factors. */
async function writeMoved(factor: number): Promise<string> {
  const common = await readCommonNetwork(pipeline.path('out', 'common'));
  const moved = await scaledCommon(common, factor);
  const directory = pipeline.path(`moved-${factor}`);
  await writeBrick(moved, join(directory, 'common'));
  disposeBrick(common);
  disposeBrick(moved);
  return directory;
}

test('refuses a factor that was found dead, unless forced', async () => {
  const path = pipeline.path('out', 'factors', 'size', 'brick.json');
  const before = await readFile(path, 'utf8');
  const file = JSON.parse(before);
  file.description.report.dead = 'The head of "size" ignores t.';
  await writeFile(path, JSON.stringify(file));
  const argv = [
    'pack',
    pipeline.path('out'),
    '--name',
    'tiny',
    '--out',
    pipeline.path('dead'),
    '--no-tarball',
  ];
  const refused = await runCaptured(argv);
  expect(refused.exitCode).toBe(3);
  expect(refused.stderr).toContain('tiny-size@1.0.0 would be a dead factor. The head of "size" ignores t.');
  expect(refused.stderr).toContain('--force');
  const forced = await runCaptured([...argv, '--force']);
  expect(forced.exitCode, forced.stderr).toBe(0);
  await writeFile(path, before);
});

describe('pack --dtype', () => {
  test('writes what narrowing cost into every manifest, accuracy on labelled pictures included', async () => {
    const { exitCode, stderr, json } = await pipeline.pack(
      ...['--scope', '@me', '--dtype', 'float16', '--out', pipeline.path('half'), '--data', tinyData],
      ...['--limit', '50', '--probes', 'shapes:size=3,image-size=20,seed=9', ...backend, '--json'],
      ...['--repository', 'github:me/tiny', '--author', 'Me', '--description', 'Small ones.'],
    );
    expect(exitCode, stderr).toBe(0);
    for (const name of ['tiny-common', 'tiny-size']) {
      const about = JSON.parse(await readFile(pipeline.path('half', name, 'package.json'), 'utf8'));
      expect(about).toMatchObject({ repository: 'github:me/tiny', author: 'Me', description: 'Small ones.' });
    }
    const { packages } = json<PackedJson>();
    expect(packages.map(({ dtype }) => dtype)).toEqual(Array(5).fill('float16'));
    const common = await manifestOf<CommonManifest>('half', 'tiny-common');
    expect(common.narrowing?.dtype).toBe('float16');
    expect(common.narrowing?.drift).toBeGreaterThan(0);
    expect(common.probes.count).toBe(3);
    const trained = await manifestOf<CommonManifest>('packages', 'tiny-common');
    expect(common.compatibility.representations).toEqual([
      { representation: trained.representation, drift: common.narrowing?.drift },
    ]);
    const locate = (name: string) => pathToFileURL(pipeline.path('half', 'tiny-common', name));
    const published = await readPackedModel(common.model, locate, 'tiny-common');
    expect(common.representation).toBe(await modelDigest(published));
    published.dispose();
    for (const task of ['shape', 'size']) {
      const { narrowing, report } = await manifestOf<FactorManifest>('half', `tiny-${task}`);
      expect(narrowing?.accuracy).toMatchObject({ examples: 50 });
      expect(narrowing?.accuracy?.data).toContain('shapes');
      // Half precision changes no answer of so small a network, or hardly one; one epoch learned little, but something.
      const { before, after } = narrowing?.accuracy ?? { before: 0, after: 1 };
      expect(Math.abs(before - after)).toBeLessThanOrEqual(0.02);
      expect(before).toBeGreaterThan(0.1);
      expect(report).toEqual((await manifestOf<FactorManifest>('packages', `tiny-${task}`)).report);
    }
  });

  test('refuses more drift than factors go on working with', async () => {
    const { exitCode, stderr } = await pipeline.pack(
      ...['--dtype', 'uint8', '--tolerance', '0.0001', '--out', pipeline.path('x'), ...backend],
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/moves the features by 0\.0001 at most.*uint8, which moves them by 0\.0\d+/);
    expect(stderr).toContain('Hint: Take float16, or state a larger tolerance (--tolerance)');
  });

  test.each([
    [['--data', tinyData], '--data must be given with --dtype float16 or uint8'],
    [
      ['--probes', 'shapes:size=3,image-size=32'],
      'must have the shape [20, 20, 3], but came with [32, 32, 3]',
    ],
    [['--version', 'auto'], '--version must be a semantic version; auto measures it, and needs --previous'],
    [
      ['--repository', 'models'],
      'repository must be "owner/name", "github:owner/name", or the URL of a repository',
    ],
    [['--author', 'Ada <ada>'], 'author must be "Name", maybe with'],
    [['--license', 'mine'], 'license must be an SPDX identifier'],
    [['--license-file', 'no-such-file'], 'no-such-file does not exist or cannot be read.'],
    [['--dtype', 'int4'], 'Allowed choices are float32, float16, uint8'],
    [['--previous', './nowhere/at/all'], 'Name a package folder'],
  ])('refuses %j', async (flags, message) => {
    const { exitCode, stderr } = await pipeline.pack('--out', pipeline.path('x'), ...backend, ...flags);
    expect(exitCode).toBeGreaterThanOrEqual(2);
    expect(stderr).toContain(message);
  });

  test('leaves no tensor behind', async () => {
    await expectNoLeak(async () => {
      const flags = ['--dtype', 'float16', '--data', tinyData, '--limit', '10', ...backend];
      const { exitCode } = await pipeline.pack('--out', pipeline.path('leak'), ...flags);
      expect(exitCode).toBe(0);
    });
  });
});

describe('licences', () => {
  test('are Apache 2.0 unless said otherwise', async () => {
    const text = await readFile(pipeline.path('packages', 'tiny-shape', 'LICENSE'), 'utf8');
    expect(text).toContain('Apache License');
    await writeFile(pipeline.path('TERMS'), 'Ours alone.\n');
    const flags = ['--license-file', pipeline.path('TERMS'), '--out', pipeline.path('ours'), ...backend];
    expect((await pipeline.pack(...flags)).exitCode).toBe(0);
    expect(await readFile(pipeline.path('ours', 'tiny-shape', 'LICENSE'), 'utf8')).toBe('Ours alone.\n');
    const { license } = JSON.parse(
      await readFile(pipeline.path('ours', 'tiny-shape', 'package.json'), 'utf8'),
    );
    expect(license).toBe('SEE LICENSE IN LICENSE');
  });
});

describe('version', () => {
  const published = () => pipeline.path('packages', 'tiny-common');

  test.each([
    [1, 'patch', '1.0.1'],
    [1.01, 'minor', '1.1.0'],
    [1.1, 'major', '2.0.0'],
  ])('calls features times %s a %s release', async (factor, measured, version) => {
    const moved = await writeMoved(factor);
    const { exitCode, stderr, json } = await runCaptured([
      'version',
      ...[moved, '--published', published(), '--json', ...backend],
    ]);
    expect(exitCode, stderr).toBe(0);
    expect(json()).toMatchObject({
      previous: { name: '@me/tiny-common', version: '1.0.0' },
      measured,
      version,
      drift: expect.closeTo(factor - 1, 5),
      tolerance: 0.02,
    });
  });

  test('tells people the same, of one network as well', async () => {
    const moved = await writeMoved(1.01);
    const { stdout } = await runCaptured([
      ...['version', join(moved, 'common'), '--published', published(), ...backend],
    ]);
    expect(stdout).toMatch(/published +@me\/tiny-common@1\.0\.0\nmeasured +minor\ndrift +0\.0100\n/);
    expect(stdout).toMatch(/tolerance +0\.02\nnext version +1\.1\.0\n$/);
  });

  test('refuses a factor to compare with', async () => {
    const shape = pipeline.path('packages', 'tiny-shape');
    const { exitCode, stderr } = await runCaptured([
      ...['version', pipeline.path('out'), '--published', shape, ...backend],
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--published must be a common-knowledge package');
  });
});

describe('pack --previous', () => {
  const previous = () => ['--previous', pipeline.path('packages', 'tiny-common'), ...backend];

  test('takes the version that was measured, for factors too', async () => {
    const { exitCode, stderr, json } = await pipeline.pack(
      ...['--scope', '@me', '--out', pipeline.path('next'), ...previous(), '--json'],
    );
    expect(exitCode, stderr).toBe(0);
    const { packages } = json<PackedJson>();
    expect(packages.map(({ version }) => version)).toEqual(Array(5).fill('1.0.1'));
    expect(packages[0]?.measured).toMatchObject({ measured: 'patch', drift: 0, version: '1.0.1' });
  });

  test('refuses one that contradicts the measurement, with both numbers, and writes nothing', async () => {
    const moved = await writeMoved(1.1);
    const { exitCode, stderr } = await runCaptured([
      ...['pack', moved, '--scope', '@me', '--name', 'tiny', '--out', pipeline.path('contradicted')],
      ...['--version', '1.1.0', '--no-tarball', ...previous()],
    ]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(
      '@me/tiny-common@1.1.0 would be a minor release of @me/tiny-common@1.0.0, but the features say major: they drifted by 0.100',
    );
    expect(stderr).toContain('Hint: The version that says what was measured is 2.0.0.');
    expect(await readdir(pipeline.path('contradicted')).catch(() => [])).toEqual([]);
  });

  test('says what was measured', async () => {
    const moved = await writeMoved(1.01);
    const { stdout } = await runCaptured([
      ...['pack', moved, '--scope', '@me', '--name', 'tiny', '--out', pipeline.path('minor')],
      ...['--version', '1.1.0', '--no-tarball', ...previous()],
    ]);
    expect(stdout).toContain(
      'Measured against @me/tiny-common@1.0.0: minor; features drifted by 0.0100, factors go on working up to 0.02. The version that says so is 1.1.0.',
    );
  });

  test('is refused for a factor, whose version nothing measures', async () => {
    const { exitCode, stderr } = await runCaptured([
      ...['pack', pipeline.path('out', 'factors', 'shape'), '--name', 'x', '--out', pipeline.path('x')],
      ...['--common-package', pipeline.path('packages', 'tiny-common'), ...previous()],
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--previous must be left out for a factor');
  });
});
