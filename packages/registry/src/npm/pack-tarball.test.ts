import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { integrityOf } from '@factornet/core/internal';
import { packCommon, packFactor } from '@factornet/packer';
import { SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { FactornetError } from '@factornet/spec';
import { WriteFailedError } from '@factornet/spec/training';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { packTarball, readPackReport } from './pack-tarball';

let folder: string;

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-pack-tarball-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Builds the networks anew each time, so that equal tarballs mean equal work, not one copied file. */
async function packBoth(into: string) {
  const common = await tinyCommon();
  const factor = tinyFactor(common, SHAPE);
  const ckn = await packCommon(common, {
    name: '@scope/ckn',
    version: '1.0.0',
    directory: join(folder, into, 'ckn'),
    license: 'MIT',
    licenseText: 'MIT',
  });
  const shape = await packFactor(factor, {
    name: '@scope/shape',
    version: '1.0.0',
    directory: join(folder, into, 'shape'),
    common: ckn,
  });
  disposeBrick(common);
  disposeBrick(factor);
  return { ckn, shape };
}

describe('packTarball', () => {
  it('runs npm pack, and equal networks give equal bytes', async () => {
    const [first, second] = [await packBoth('first'), await packBoth('second')];
    const tarballs = await Promise.all([
      packTarball(first.ckn.directory, join(folder, 'tarballs-1')),
      packTarball(second.ckn.directory, join(folder, 'tarballs-2')),
      packTarball(first.shape.directory, join(folder, 'tarballs-1')),
    ]);
    const contents = await Promise.all(
      tarballs.map(async ({ path }) => new Uint8Array(await readFile(path))),
    );

    expect(tarballs[0].path).toBe(join(folder, 'tarballs-1', 'scope-ckn-1.0.0.tgz'));
    expect(tarballs[0].bytes).toBe(contents[0]?.length);
    expect(tarballs[0].integrity).toBe(await integrityOf(contents[0] as Uint8Array<ArrayBuffer>));
    expect(tarballs[0].unpackedBytes).toBeGreaterThan(
      first.ckn.manifest.model.weights.bytes + first.ckn.manifest.model.topology.bytes,
    );
    expect(tarballs[0].files).toEqual([
      'LICENSE',
      'README.md',
      'common.model.json',
      'common.weights.bin',
      'index.d.ts',
      'index.js',
      'package.json',
      'probes.bin',
    ]);
    expect(tarballs[2].files).toContain('head.weights.bin');
    const [one, two, other] = await Promise.all(contents.map((bytes) => integrityOf(bytes)));
    expect(two).toBe(one);
    expect(other).not.toBe(one);
  });

  it('gives packages that publint finds nothing to say about', async () => {
    const { ckn, shape } = await packBoth('lint');
    for (const { directory } of [ckn, shape]) {
      expect((await publint({ pkgDir: directory, strict: true, pack: false })).messages).toEqual([]);
    }
  });

  it('leaves an older tarball until the new one is whole', async () => {
    const tarballs = join(folder, 'older-tarballs');
    const path = join(tarballs, 'scope-ckn-1.0.0.tgz');
    await mkdir(tarballs);
    await writeFile(path, 'old');
    const npm = join(folder, 'npm');
    await mkdir(npm, { recursive: true });
    // Says what npm says of this package, and writes half of it, as npm does where the disk fills up.
    const report = JSON.stringify([
      { filename: basename(path), size: 9, unpackedSize: 9, integrity: 'sha512-x', files: [] },
    ]);
    const script = `#!/bin/sh\nfor last; do case "$last" in */.pack-*) printf half > "$last/${basename(path)}";; esac; done\necho '${report}'\n`;
    await writeFile(join(npm, 'npm'), script, { mode: 0o755 });
    vi.stubEnv('PATH', `${npm}:${process.env.PATH}`);
    const failure = await packTarball(folder, tarballs).catch((error: unknown) => error);
    vi.unstubAllEnvs();
    expect(WriteFailedError.isInstance(failure)).toBe(true);
    expect(failure).toMatchObject({ path, reason: expect.stringMatching(/^only 4 of 9 bytes/) });
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(tarballs)).toEqual([basename(path)]);
  });

  it('says what npm says', async () => {
    await expect(packTarball(folder, folder)).rejects.toMatchObject({
      code: 'npm-pack',
      message: expect.stringContaining('package.json'),
    });
  });

  it('says that npm is missing', async () => {
    vi.stubEnv('PATH', join(folder, 'no-such-folder'));
    const failure = await packTarball(folder, folder).catch((error: unknown) => error);
    vi.unstubAllEnvs();
    expect(FactornetError.isInstance(failure)).toBe(true);
    expect(failure).toMatchObject({ code: 'npm-missing', message: expect.stringContaining('on the PATH') });
  });
});

describe('readPackReport', () => {
  const report = {
    name: '@s/a',
    filename: 's-a-1.0.0.tgz',
    size: 1,
    unpackedSize: 2,
    integrity: 'sha512-',
    files: [],
  };

  it.each([
    ['a list', [report]],
    ['an object keyed by name', { '@s/a': report }],
    ['npm 8’s file name', [{ ...report, filename: '@s/a-1.0.0.tgz' }]],
  ])('reads %s', (_, output) => {
    expect(readPackReport(output)).toEqual(report);
  });
});
