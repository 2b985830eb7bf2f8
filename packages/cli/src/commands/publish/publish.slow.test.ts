import { createHash } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { startRegistry, type TestRegistry } from '@factornet/registry/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCaptured } from '../../testing/run-captured';
import { type TinyPipeline, tinyPipeline } from '../../testing/tiny-pipeline';

let registry: TestRegistry;
let pipeline: TinyPipeline;

const names = ['common', 'background-hue', 'shape'].map((name) => `@me/tiny-${name}`);
const backend = ['--backend', 'wasm'];
// By force: a few steps from where they start, codes may well be dead.
const packFlags = ['--scope', '@me', '--name', 'tiny', '--force', ...backend];

beforeAll(async () => {
  registry = await startRegistry();
  vi.stubEnv('npm_config_userconfig', registry.npmrc);
  pipeline = await tinyPipeline();
  for (const step of [pipeline.train, pipeline.factorize]) {
    const { exitCode, stderr } = await step();
    expect(exitCode, stderr).toBe(0);
  }
  // Three packages show what five do, and npm takes seconds for each.
  for (const factor of ['object-hue', 'size']) {
    await rm(pipeline.path('out', 'factors', factor), { recursive: true });
  }
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await registry.stop();
  await pipeline.remove();
});

interface Published {
  packages: { name: string; version: string; status: string; integrity: string }[];
}

const publish = (...argv: string[]) => runCaptured(['publish', ...argv, '--json']);

test('a factorization is packed, verified and published, its common network first', async () => {
  const argv = [pipeline.path('out'), ...packFlags, '--out', pipeline.path('packages'), '--dtype', 'float16'];
  // An earlier `pack` left tarballs of other precision.
  expect((await runCaptured(['pack', ...argv.slice(0, -1), 'float32'])).exitCode).toBe(0);
  const tarball = pipeline.path('packages', 'tarballs', 'me-tiny-common-1.0.0.tgz');
  const before = await readFile(tarball);
  const rehearsal = await publish(...argv, '--dry-run');
  expect(rehearsal.exitCode, rehearsal.stderr).toBe(0);
  const statuses = (run: typeof rehearsal) => run.json<Published>().packages.map(({ status }) => status);
  expect(statuses(rehearsal)).toEqual(Array(names.length).fill('dry-run'));
  expect((await readFile(tarball)).length).toBeLessThan(before.length);
  expect(rehearsal.stderr).toContain(`Wrote ${tarball} anew`);

  const run = await publish(...argv, '--access', 'public');
  expect(run.exitCode, run.stderr).toBe(0);
  expect(run.json<Published>().packages.map(({ name }) => name)).toEqual(names);
  expect(statuses(run)).toEqual(Array(names.length).fill('published'));
  const digest = createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64');
  expect(run.json<Published>().packages[0]?.integrity).toBe(`sha512-${digest}`);
  for (const name of names) expect(run.stderr).toContain(`Verified ${name}@1.0.0 on wasm`);

  // Once more, as after a failure midway: nothing is there to do.
  expect(statuses(await publish(...argv))).toEqual(Array(names.length).fill('present'));
});

test('folders are published as they are, and the next version is measured on the registry’s', async () => {
  const versions = await runCaptured([
    ...['version', pipeline.path('out'), '--published', '@me/tiny-common@latest', '--dtype', 'float16'],
    ...['--json', ...backend],
  ]);
  expect(versions.exitCode, versions.stderr).toBe(0);
  expect(versions.json()).toMatchObject({ measured: 'patch', version: '1.0.1', drift: 0 });
  expect(versions.stderr).toContain('Fetching @me/tiny-common@latest from the registry');

  const packed = await runCaptured([
    ...['pack', pipeline.path('out', 'common'), ...packFlags, '--out', pipeline.path('next'), '--no-tarball'],
    ...['--dtype', 'float16', '--previous', '@me/tiny-common@1.0.0', '--registry', registry.url],
  ]);
  expect(packed.exitCode, packed.stderr).toBe(0);
  const folder = pipeline.path('next', 'tiny-common');
  const run = await publish(folder, pipeline.path('packages', 'tiny-shape'), '--tag', 'next', ...backend);
  expect(run.exitCode, run.stderr).toBe(0);
  expect(run.json<Published>().packages).toMatchObject([
    { name: '@me/tiny-common', version: '1.0.1', status: 'published' },
    { name: '@me/tiny-shape', version: '1.0.0', status: 'present' },
  ]);
});

test('a failure says in npm’s words what is wrong, and how far it came', async () => {
  const argv = [pipeline.path('out'), ...packFlags, '--out', pipeline.path('others'), '--version', '3.0.0'];
  expect((await publish(...argv, '--dry-run')).exitCode).toBe(0);
  // Someone else has published the second package under this version meanwhile.
  const other = pipeline.path('others', 'tiny-background-hue');
  await cp(other, pipeline.path('kept'), { recursive: true });
  const description = JSON.parse(await readFile(`${other}/package.json`, 'utf8'));
  await writeFile(`${other}/package.json`, JSON.stringify({ ...description, keywords: ['theirs'] }));
  expect((await publish(other, ...backend)).exitCode).toBe(0);
  await rm(other, { recursive: true });
  await cp(pipeline.path('kept'), other, { recursive: true });

  const folders = ['common', 'background-hue', 'shape'].map((name) =>
    pipeline.path('others', `tiny-${name}`),
  );
  const { exitCode, stderr } = await publish(...folders, ...backend);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(
    /npm publish @me\/tiny-background-hue@3\.0\.0 failed:\n {2}The registry has this version/,
  );
  expect(stderr).toContain(
    'Published so far: @me/tiny-common@3.0.0; not yet: @me/tiny-background-hue@3.0.0, @me/tiny-shape@3.0.0.',
  );
});

test('a registry that does not answer is named in npm’s words', async () => {
  const out = pipeline.path('unreachable');
  const packing = ['pack', pipeline.path('out', 'common'), ...packFlags, '--out', out, '--no-tarball'];
  expect((await runCaptured(packing)).exitCode).toBe(0);
  const folder = pipeline.path('unreachable', 'tiny-common');
  const { exitCode, stderr } = await publish(folder, '--registry', 'http://127.0.0.1:9/', ...backend);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('npm view @me/tiny-common@1.0.0 failed:');
  expect(stderr).toContain('ECONNREFUSED');
});
