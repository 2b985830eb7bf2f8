import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { type PackedCommon, packCommon } from '@factornet/packer';
import { tinyCommon } from '@factornet/packer/testing';
import { RegistryError } from '@factornet/spec/publishing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startRegistry, type TestRegistry } from '../testing';
import { fetchPackage } from './fetch-package';
import { publishedIntegrity, publishPackage } from './publish-package';

let registry: TestRegistry;
let folder: string;
let ckn: PackedCommon;

beforeAll(async () => {
  await useBackend('cpu');
  registry = await startRegistry();
  folder = await mkdtemp(join(tmpdir(), 'factornet-publish-'));
  vi.stubEnv('npm_config_userconfig', registry.npmrc);
  const common = await tinyCommon();
  ckn = await packCommon(common, { name: '@scope/ckn', version: '1.0.0', directory: join(folder, 'ckn') });
  disposeBrick(common);
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await registry.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('publishPackage', () => {
  it('rehearses, publishes, and leaves alone what is there', async () => {
    const rehearsed = await publishPackage(ckn, { dryRun: true });
    expect(rehearsed.status).toBe('dry-run');
    expect(await publishedIntegrity('@scope/ckn@1.0.0', {})).toBeUndefined();

    const published = await publishPackage(ckn, { access: 'public', tag: 'first' });
    expect(published).toEqual({ ...rehearsed, status: 'published' });
    expect(await publishedIntegrity('@scope/ckn@1.0.0', {})).toBe(published.integrity);
    expect(await publishedIntegrity('@scope/ckn@first', {})).toBe(published.integrity);
    expect(await publishPackage(ckn)).toEqual({ ...published, status: 'present' });
    // Another version of a package that exists is told from a package that does not.
    expect(await publishedIntegrity('@scope/ckn@2.0.0', {})).toBeUndefined();
  });

  it('refuses other contents under a version that is there', async () => {
    const common = await tinyCommon(2);
    const other = await packCommon(common, { ...ckn, directory: join(folder, 'other') });
    disposeBrick(common);
    const publishing = publishPackage(other);
    await expect(publishing).rejects.toSatisfy(RegistryError.isInstance);
    await expect(publishing).rejects.toThrow(
      /^npm publish @scope\/ckn@1\.0\.0 failed:\nThe registry has this version already, with other contents:\n {2}there sha512-.*\n {2}here {2}sha512-/,
    );
  });

  it('says what npm says', async () => {
    const silent = join(folder, 'no-token');
    await writeFile(silent, `cache=${join(folder, 'cache')}\n`);
    vi.stubEnv('npm_config_userconfig', silent);
    const publishing = publishPackage({ ...ckn, version: '1.0.0' }, { registry: registry.url, tag: 'other' });
    // Reading needs no token, so the same tarball is found; only a new version asks for one.
    expect((await publishing).status).toBe('present');
    const next = { name: '@private/ckn', version: '1.0.0', directory: join(folder, 'private') };
    const common = await tinyCommon();
    await packCommon(common, next);
    disposeBrick(common);
    await expect(publishPackage(next, { registry: registry.url })).rejects.toMatchObject({
      code: 'registry',
      hint: expect.stringContaining(`npm login --registry ${registry.url}`),
    });
    vi.stubEnv('npm_config_userconfig', registry.npmrc);
  });
});

describe('fetchPackage', () => {
  it('brings a published package here, byte for byte', async () => {
    const workspace = await mkdtemp(join(folder, 'fetched-'));
    await fetchPackage('@scope/ckn@1.0.0', workspace);
    for (const name of ['package.json', 'probes.bin', 'common.weights.bin', 'index.js']) {
      expect(await readFile(join(workspace, name))).toEqual(await readFile(join(ckn.directory, name)));
    }
  });

  it('says what npm says', async () => {
    const workspace = await mkdtemp(join(folder, 'missing-'));
    const fetching = fetchPackage('@scope/nothing@1.0.0', workspace);
    await expect(fetching).rejects.toSatisfy(RegistryError.isInstance);
    await expect(fetching).rejects.toThrow(/^npm pack @scope\/nothing@1\.0\.0 failed:\n.*E404/);
  });
});
