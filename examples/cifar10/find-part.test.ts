import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingFileError } from '@factornet/spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPart } from './find-part';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-cifar10-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('findPart', () => {
  it('takes a folder, else a tar file', async () => {
    await writeFile(join(folder, 'test.tar'), '');
    expect(await findPart(folder, 'test')).toBe(join(folder, 'test.tar'));
    await mkdir(join(folder, 'test'));
    expect(await findPart(folder, 'test')).toBe(join(folder, 'test'));
  });

  it('says what is missing, where to get it and what layout is read', async () => {
    const error = await findPart(folder, 'train').catch((caught: unknown) => caught);
    expect(MissingFileError.isInstance(error)).toBe(true);
    expect((error as Error).message).toContain(join(folder, 'train'));
    expect((error as Error).message).toContain('PATH/train.tar or PATH/train/<class>/<picture>.jpg');
    expect((error as Error).message).toContain('https://www.cs.toronto.edu/~kriz/cifar.html');
  });
});
