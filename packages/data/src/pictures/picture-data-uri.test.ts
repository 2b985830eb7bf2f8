import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPictures } from '../image-folder/read-pictures';
import { pictureDataUri } from './picture-data-uri';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'factornet-pictures-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const values = Float32Array.from({ length: 18 }, (_, index) => (index * 14) / 255);

test.each([3, 1] as const)('a picture of %i channels comes back as it was written', async (channels) => {
  const picture = values.subarray(0, 6 * channels);
  const uri = await pictureDataUri(picture, [2, 3, channels]);
  const path = join(directory, 'picture.png');
  await writeFile(path, Buffer.from(uri.replace('data:image/png;base64,', ''), 'base64'));
  expect(await readPictures([path], { shape: [2, 3, channels] })).toEqual([picture]);
});
