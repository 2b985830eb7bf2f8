import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidManifestError, LIMITS, MissingFileError, RefusedPackageError } from '@factornet/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLocalFile } from './read-local-file';
import { readPackageFile, readPackageJson } from './read-package-file';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet package ä-'));
  await writeFile(at('four.bin'), Uint8Array.of(1, 2, 3, 4));
  await symlink(at('four.bin'), at('link.bin'));
  await symlink(at('nowhere'), at('dangling.bin'));
  await mkdir(at('folder.bin'));
  execFileSync('mkfifo', [at('pipe.bin')]);
});
afterAll(() => rm(folder, { recursive: true }));

const failure = (attempt: Promise<unknown>) => attempt.catch((error: unknown) => error);

describe('readPackageFile', () => {
  it('reads a file up to its limit', async () => {
    expect(await readPackageFile(at('four.bin'), 4)).toEqual(Uint8Array.of(1, 2, 3, 4));
    expect(await failure(readPackageFile(at('four.bin'), 3))).toMatchObject({
      code: 'refused-package',
      rule: 'size',
      source: at('four.bin'),
    });
  });

  it('reads no more of a huge file than tells that it is too long', async () => {
    await writeFile(at('sparse.bin'), '');
    await truncate(at('sparse.bin'), 1e12);
    const before = process.memoryUsage().arrayBuffers;
    expect(await failure(readPackageFile(at('sparse.bin'), 1000))).toMatchObject({ rule: 'size' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
  });

  it.each([
    ['link.bin', 'symbolic-link', 'it is a symbolic link'],
    ['dangling.bin', 'symbolic-link', 'it is a symbolic link'],
    ['folder.bin', 'unexpected-file', 'it is no regular file'],
    ['pipe.bin', 'unexpected-file', 'it is no regular file'],
  ])('refuses %s and does not wait for it', async (name, rule, found) => {
    const error = await failure(readPackageFile(at(name), 10));
    expect(RefusedPackageError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ rule, found, source: at(name) });
  });

  it('says that there is none', async () => {
    const error = await failure(readPackageFile(at('none.bin'), 10));
    expect(MissingFileError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ path: at('none.bin') });
    expect(await failure(readPackageFile(`${at('a')}\0b`, 10))).toMatchObject({ code: 'missing-file' });
  });
});

describe('readLocalFile', () => {
  it('follows links where a file is one’s own, but waits for no pipe', async () => {
    expect(await readLocalFile(pathToFileURL(at('link.bin')))).toEqual(Uint8Array.of(1, 2, 3, 4));
    for (const name of ['pipe.bin', 'folder.bin', 'dangling.bin']) {
      expect(await failure(readLocalFile(pathToFileURL(at(name))))).toMatchObject({ code: 'missing-file' });
    }
  });

  it('names a location that is no path as it came', async () => {
    const location = new URL('file:///%E0%A4%A/x');
    expect(await failure(readLocalFile(location))).toMatchObject({ path: location.href });
  });
});

describe('readPackageJson', () => {
  const written = async (content: string | Uint8Array) => {
    await writeFile(at('package.json'), content);
    return readPackageJson(at('package.json'));
  };

  it('reads an object', async () => {
    expect(await written('{ "name": "ä" }')).toEqual({ name: 'ä' });
  });

  it.each(['', '{', '{ "a": 1 } x', 'null', '[]', '7', '"a"'])('refuses %j', async (text) => {
    expect(InvalidManifestError.isInstance(await failure(written(text)))).toBe(true);
  });

  it.each<[string, () => string | Uint8Array, string]>([
    ['more bytes than the limit', () => `{"a":"${' '.repeat(LIMITS.packageJsonBytes)}"}`, 'size'],
    ['a byte order mark', () => '\ufeff{}', 'json'],
    ['UTF-16', () => Buffer.from('\ufeff{}', 'utf16le'), 'json'],
    ['a key twice', () => '{"a":1,"a":2}', 'json'],
  ])('refuses %s', async (_name, content, rule) => {
    expect(await failure(written(content()))).toMatchObject({ code: 'refused-package', rule });
  });

  it('says what to name where there is none', async () => {
    await expect(readPackageJson(at('nowhere/package.json'))).rejects.toThrow(/Name a package folder/);
  });
});
