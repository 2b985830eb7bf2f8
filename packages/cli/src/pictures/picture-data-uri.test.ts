import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPictures } from '@factornet/data/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pictureDataUri } from './picture-data-uri';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'factornet-pictures-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const values = Float32Array.from({ length: 18 }, (_, index) => (index * 14) / 255);

test('a picture comes back as it was written', async () => {
  const uri = await pictureDataUri(values, [2, 3, 3]);
  const path = join(directory, 'picture.png');
  await writeFile(path, Buffer.from(uri.replace('data:image/png;base64,', ''), 'base64'));
  expect(await readPictures([path], { shape: [2, 3, 3] })).toEqual([values]);
});
