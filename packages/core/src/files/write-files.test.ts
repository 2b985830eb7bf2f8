import fs from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WriteFailedError } from '@factornet/spec/training';
import { tensor1d } from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readTensorFile, writeTensorFile } from '../model-files/tensor-file';
import { writeBytes, writeFiles } from './write-files';
import { writeJson, writeText } from './write-text';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-write-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const realWrite = fs.write as (...all: unknown[]) => void;

/** A disk that takes at most so many bytes at a time, and `room` of them in all. */
function shortDisk(atOnce: number, room = Number.POSITIVE_INFINITY): void {
  let left = room;
  vi.spyOn(fs, 'write').mockImplementation(((
    file: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
    done: (...all: unknown[]) => void,
  ) => {
    const taken = Math.min(atOnce, length, left);
    left -= taken;
    if (taken === 0) done(null, 0, bytes);
    else realWrite(file, bytes, offset, taken, position, done);
  }) as never);
}

async function failure(work: Promise<unknown>): Promise<WriteFailedError> {
  const error = await work.then(
    () => expect.fail('it was written'),
    (caught: unknown) => caught,
  );
  expect(WriteFailedError.isInstance(error)).toBe(true);
  return error as WriteFailedError;
}

describe('on a disk that takes fewer bytes than it is given', () => {
  it('a file is written in pieces, all of it', async () => {
    shortDisk(7);
    const path = join(folder, 'deep', 'text.txt');
    await writeText(path, 'ä'.repeat(100));
    expect(await readFile(path, 'utf8')).toBe('ä'.repeat(100));
    expect(await readdir(join(folder, 'deep'))).toEqual(['text.txt']);
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ['writeBytes', (path) => writeBytes(path, new Uint8Array(100))],
    ['writeText', (path) => writeText(path, 'b'.repeat(100))],
    ['writeJson', (path) => writeJson(path, 'b'.repeat(100))],
    ['writeTensorFile', (path) => writeTensorFile(path, new Map([['b', tensor1d([1, 2, 3, 4])]]))],
  ])('%s that was not whole is an error, and the old file stays', async (_, write) => {
    const path = join(folder, 'file');
    await writeTensorFile(path, new Map([['a', tensor1d([1])]]));
    shortDisk(60, 60);
    const error = await failure(write(path));
    expect(error).toMatchObject({ path, reason: expect.stringMatching(/^only 60 of \d+ bytes were taken$/) });
    expect([...(await readTensorFile(path)).tensors.keys()]).toEqual(['a']);
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('files that belong together stay together', async () => {
    const files = (text: string) =>
      new Map(['a', 'b', 'c'].map((name) => [name, new TextEncoder().encode(text)]));
    await writeFiles(folder, files('old'));
    shortDisk(4, 10);
    await failure(writeFiles(folder, files('new!')));
    for (const name of ['a', 'b', 'c']) expect(await readFile(join(folder, name), 'utf8')).toBe('old');
    expect(await readdir(folder)).toHaveLength(3);
  });
});

describe('writeBytes', () => {
  const bytes = new TextEncoder().encode('text');

  it('keeps the permissions of what was there, and the link to it', async () => {
    await writeFile(join(folder, 'real'), 'old');
    await chmod(join(folder, 'real'), 0o640);
    await symlink(join(folder, 'real'), join(folder, 'link'));
    await writeBytes(join(folder, 'link'), bytes);
    expect(await readFile(join(folder, 'real'), 'utf8')).toBe('text');
    expect((await stat(join(folder, 'real'))).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).sort()).toEqual(['link', 'real']);
  });

  it.each([
    ['a folder', 'folder', 'a folder has that name'],
    ['a path through a file', 'file/in/it', 'a part of its path is a file'],
    ['a path beside a file', 'file/name', 'a file has the name of a folder'],
    ['a name too long', 'n'.repeat(300), 'its name is too long'],
  ])('names %s', async (_, name, reason) => {
    await mkdir(join(folder, 'folder'));
    await writeFile(join(folder, 'file'), 'kept');
    const path = join(folder, name);
    expect(await failure(writeBytes(path, bytes))).toMatchObject({ path, reason, hint: expect.any(String) });
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('kept');
  });

  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EROFS', 'the file system is read-only'],
    ['EACCES', 'permission is denied'],
    ['EOTHER', 'the system refuses (EOTHER)'],
  ])('says what %s means', async (code, reason) => {
    await writeFile(join(folder, 'file'), 'kept');
    const refused = Object.assign(new Error(code), { code, syscall: 'write' });
    vi.spyOn(fs, 'write').mockImplementation(((...all: unknown[]) =>
      (all.at(-1) as (error: Error) => void)(refused)) as never);
    expect(await failure(writeBytes(join(folder, 'file'), bytes))).toMatchObject({ reason, cause: refused });
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('kept');
    expect(await readdir(folder)).toEqual(['file']);
  });
});
