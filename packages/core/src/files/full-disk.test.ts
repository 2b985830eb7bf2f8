import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WriteFailedError } from '@factornet/spec/training';
import { layers, sequential, zeros } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { modelDigest } from '../model-files/model-bytes';
import { readModel } from '../model-files/read-model';
import { readTensorFile, writeTensorFile } from '../model-files/tensor-file';
import { writeModel } from '../model-files/write-model';
import { withRunFolder } from './run-folder';

/** A disk of 64 kB, where the system lets us have one: in containers and as root. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'factornet-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmdirSync(folder);
    return undefined;
  }
}

const disk = smallDisk() as string;
const dense = (units: number) =>
  sequential({ name: 'net', layers: [layers.dense({ name: 'dense', units, inputShape: [100] })] });

describe.skipIf(disk === undefined)('on a disk that is nearly full', () => {
  beforeAll(() => useBackend('cpu'));
  afterAll(() => {
    execFileSync('umount', [disk]);
    rmdirSync(disk);
  });

  it('tensors that do not fit are an error, and the good file stays', async () => {
    const path = join(disk, 'state.safetensors');
    await writeTensorFile(path, new Map([['good', zeros([100])]]));
    const before = await readFile(path);
    const error = await writeTensorFile(path, new Map([['large', zeros([20_000])]])).catch(
      (caught) => caught,
    );
    expect(WriteFailedError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ path, reason: 'the disk is full' });
    expect(await readFile(path)).toEqual(before);
    expect([...(await readTensorFile(path)).tensors.keys()]).toEqual(['good']);
  });

  it('so is a model, both files of it', async () => {
    const [small, large] = [dense(10), dense(200)];
    const files = await writeModel(small, disk, 'net');
    const listed = await readdir(disk);
    await expect(writeModel(large, disk, 'net')).rejects.toMatchObject({ code: 'write-failed' });
    expect(await readdir(disk)).toEqual(listed);
    const read = await readModel(files, (name) => pathToFileURL(join(disk, name)));
    expect(await modelDigest(read)).toBe(await modelDigest(small));
  });

  it('a run is refused before its work, where the disk is full or read-only', async () => {
    const work = vi.fn(async () => {});
    const out = join(disk, 'out');
    const filler = join(disk, 'filler');
    for (let size = 65_536; size >= 1; size = Math.floor(size / 2)) {
      await appendFile(filler, new Uint8Array(size)).catch(() => {});
    }
    await mkdir(out);
    await expect(withRunFolder(out, {}, work)).rejects.toMatchObject({ reason: 'the disk is full' });
    expect(await readdir(out)).toEqual([]);
    await rm(filler);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    await expect(withRunFolder(out, {}, work)).rejects.toMatchObject({
      reason: 'the file system is read-only',
    });
    await expect(withRunFolder(join(out, 'new'), {}, work)).rejects.toMatchObject({ code: 'write-failed' });
    expect(work).not.toHaveBeenCalled();
  });
});
