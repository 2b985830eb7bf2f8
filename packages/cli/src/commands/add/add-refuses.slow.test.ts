import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tarBlocks } from '@factornet/core/testing';
import { packCommon } from '@factornet/packer';
import { tinyCommon } from '@factornet/packer/testing';
import { type Lie, startLiar } from '@factornet/registry/testing';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { runCaptured } from '../../testing/run-captured';

// A registry that announces a good package and delivers another: npm installs it, `factornet add` says no.

const home = process.cwd();
let folder: string;
let files: Map<string, Buffer>;
let registry: Awaited<ReturnType<typeof startLiar>> | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-liar-'));
  const directory = join(folder, 'ckn');
  await packCommon(await tinyCommon(), { name: '@me/ckn', version: '1.0.0', directory });
  const names = await readdir(directory);
  files = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(directory, name))] as const)),
  );
  vi.stubEnv('npm_config_cache', join(folder, 'cache'));
});
beforeEach(async () => {
  await rm(join(folder, 'project'), { recursive: true, force: true });
  const project = await mkdtemp(join(folder, 'project-'));
  await writeFile(join(project, 'package.json'), '{ "name": "project", "private": true }');
  process.chdir(project);
  return async () => {
    process.chdir(home);
    await registry?.stop();
  };
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const described = () => JSON.parse(String(files.get('package.json')));

/** Delivers the good files, with others in their place or besides. */
async function addLie(changes: Readonly<Record<string, string | Buffer>>) {
  const entries = new Map<string, string | Buffer>([...files, ...Object.entries(changes)]);
  const blocks = [...entries].map(([name, content]) => tarBlocks({ path: `package/${name}`, content }));
  const lie: Lie = {
    description: described(),
    tarball: gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)])),
  };
  registry = await startLiar([lie]);
  return runCaptured(['add', '@me/ckn', '--yes', '--json', '--registry', registry.url]);
}

test.each<[string, () => Record<string, string | Buffer>, RegExp]>([
  ['a second package.json, which npm unpacks over the first', evilTwin, /refused \(scripts\)/],
  ['other weights', () => ({ 'common.weights.bin': Buffer.alloc(9) }), /common\.weights\.bin is not/],
  ['another manifest', otherManifest, /chosen by another manifest/],
])('refuses %s, and says how to undo it', async (_, changes, message) => {
  const { exitCode, json } = await addLie(changes());
  expect(exitCode).toBe(3);
  const { error } = json<{ error: { message: string; hint: string } }>();
  expect(error.message).toMatch(message);
  expect(error.hint).toMatch(/npm uninstall @me\/ckn$/);
  await expect(stat('ran')).rejects.toThrow('ENOENT');
});

function evilTwin() {
  return { './package.json': JSON.stringify({ ...described(), scripts: { postinstall: 'touch ran' } }) };
}

function otherManifest() {
  const description = described();
  description.factornet.provenance.seed = 7;
  return { 'package.json': JSON.stringify(description) };
}
