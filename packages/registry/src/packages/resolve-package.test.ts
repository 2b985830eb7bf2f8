import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StaticServer, serveFolder } from '@factornet/assembler/testing';
import { disposeBrick, useBackend } from '@factornet/core';
import { type PackedCommon, packCommon } from '@factornet/packer';
import { tinyCommon } from '@factornet/packer/testing';
import { InvalidOptionError, MissingFileError } from '@factornet/spec';
import { checkPackage } from '@factornet/verifier';
import { create as createTarball } from 'tar';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chooseOrigin, type NameSpecifier } from './choose-origin';
import { parseSpecifier } from './parse-specifier';
import { resolvePackage } from './resolve-package';

// Every form but those that npm fetches, which a slow test of the command has.

let cwd: string;
let ckn: PackedCommon;
let server: StaticServer;

beforeAll(async () => {
  await useBackend('cpu');
  cwd = await mkdtemp(join(tmpdir(), 'factornet-resolve-'));
  const common = await tinyCommon();
  const packing = { name: '@me/ckn', version: '1.2.0', directory: join(cwd, 'packages/ckn') };
  ckn = await packCommon(common, packing);
  disposeBrick(common);
  const tarball = { gzip: true, portable: true, file: join(cwd, 'me-ckn-1.2.0.tgz'), prefix: 'package' };
  await createTarball({ ...tarball, cwd: ckn.directory }, await readdir(ckn.directory));
  await cp(ckn.directory, join(cwd, 'node_modules/@me/ckn'), { recursive: true });
  server = await serveFolder(cwd);
  await mkdir(join(cwd, 'temporary'));
  vi.stubEnv('TMPDIR', join(cwd, 'temporary'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(cwd, { recursive: true, force: true });
});

const failure = (attempt: Promise<unknown>) => attempt.catch((error: unknown) => error);
const leftBehind = () => readdir(tmpdir());

describe('resolvePackage', () => {
  it.each<[string, string, string?]>([
    ['packages/ckn', 'folder'],
    ['./packages/ckn', 'folder'],
    ['me-ckn-1.2.0.tgz', 'tarball'],
    ['@me/ckn', 'installed'],
    ['@me/ckn@^1.0.0', 'installed'],
    ['@me/ckn@latest', 'installed'],
  ])('finds %s', async (text, origin) => {
    const { found, release, ...place } = await resolvePackage(text, { cwd });
    expect(place).toMatchObject({ text, origin });
    expect(found).toMatchObject({ name: '@me/ckn', version: '1.2.0', manifest: ckn.manifest });
    // A folder with all that a package has, wherever it came from.
    await checkPackage(await place.folder(), { probes: false });
    await release();
  });

  it('finds folders on a server, and brings them here whole', async () => {
    for (const path of ['packages/ckn/', 'packages/ckn']) {
      const fetched: string[] = [];
      const onFetch = (text: string, from: string) => fetched.push(`${text} from ${from}`);
      const { found, release, ...place } = await resolvePackage(server.origin + path, { cwd, onFetch });
      expect(place.origin).toBe('server');
      expect(found).toMatchObject({ name: '@me/ckn', manifest: ckn.manifest });
      const folder = await place.folder();
      await checkPackage(folder, { probes: false });
      expect((await readdir(folder)).sort()).toEqual((await readdir(ckn.directory)).sort());
      expect(await readFile(join(folder, 'index.js'))).toEqual(
        await readFile(join(ckn.directory, 'index.js')),
      );
      expect(fetched).toEqual([`${server.origin}${path} from its server`]);
      await release();
    }
    expect(await leftBehind()).toEqual([]);
  });

  it('takes a folder that is called like a name before the name', async () => {
    await cp(ckn.directory, join(cwd, 'ckn'), { recursive: true });
    expect((await resolvePackage('ckn', { cwd })).origin).toBe('folder');
    await mkdir(join(cwd, 'none'));
    expect(await failure(resolvePackage('none', { cwd }))).toMatchObject({
      path: join(cwd, 'none/package.json'),
    });
  });

  it('says what there could be, and leaves nothing behind', async () => {
    await writeFile(join(cwd, 'noise.tgz'), 'noise');
    const cases = [
      ['@me/hue', MissingFileError, /looked for from .*npm install @me\/hue/s],
      ['./hue', MissingFileError, /Name a package folder/],
      ['me/ckn', MissingFileError, /write @me\/ckn/],
      ['hue.tgz', MissingFileError, /Name a tarball/],
      ['Ckn', InvalidOptionError, /--previous must be a package: a folder.*write ckn/s],
      ['noise.tgz', undefined, /not a gzipped tarball/],
      [`${server.origin}none/`, MissingFileError, /404/],
    ] as const;
    for (const [text, type, message] of cases) {
      const error = await failure(resolvePackage(text, { cwd, option: '--previous' }));
      if (type !== undefined) expect(error, text).toBeInstanceOf(type);
      expect(String(error)).toMatch(message);
    }
    expect(await leftBehind()).toEqual([]);
  });
});

describe('chooseOrigin', () => {
  const named = (text: string) => parseSpecifier(text) as NameSpecifier;

  it.each<[string, string | undefined, ReturnType<typeof chooseOrigin>, ReturnType<typeof chooseOrigin>]>([
    ['ckn', '1.2.0', 'installed', 'installed'],
    ['ckn', undefined, 'none', 'registry'],
    ['ckn@1.2.0', '1.2.0', 'installed', 'registry'],
    ['ckn@^1.0.0', '1.2.0', 'installed', 'registry'],
    ['ckn@2.0.0', '1.2.0', 'registry', 'registry'],
    ['ckn@next', '1.2.0', 'installed', 'registry'],
    ['ckn@next', undefined, 'registry', 'registry'],
  ])('takes %s, where %s is installed, from: %s; of releases: %s', (text, installed, one, other) => {
    expect(chooseOrigin(named(text), installed, 'installed')).toBe(one);
    expect(chooseOrigin(named(text), installed, 'released')).toBe(other);
  });
});
