import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingFileError } from '@factornet/spec';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPictures } from './find-pictures';

let root: string;
const at = (...names: readonly string[]) => join(root, ...names);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'factornet-find-pictures-'));
  await mkdir(at('folder', 'b'), { recursive: true });
  await mkdir(at('empty'));
  for (const name of ['c.PNG', 'a.jpg', 'b/d.jpeg', '.hidden.png', 'notes.txt']) {
    await writeFile(at('folder', ...name.split('/')), '');
  }
  await writeFile(at('empty', 'notes.txt'), '');
});
afterAll(() => rm(root, { recursive: true }));

test('a folder stands for its pictures, sorted; a file for itself, whatever it is', async () => {
  const inFolder = ['a.jpg', 'b/d.jpeg', 'c.PNG'].map((name) => at('folder', ...name.split('/')));
  expect(await findPictures([at('z.png'), at('folder'), 'notes.txt'])).toEqual([
    at('z.png'),
    ...inFolder,
    'notes.txt',
  ]);
});

test('a folder without a picture is an error that names it', async () => {
  const found = findPictures([at('empty')]);
  await expect(found).rejects.toThrow(MissingFileError);
  await expect(found).rejects.toMatchObject({ path: at('empty'), hint: expect.stringContaining('no JPEG') });
});
