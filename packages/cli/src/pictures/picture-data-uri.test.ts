import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingFileError, ShapeMismatchError } from '@factornet/spec';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pictureDataUri } from './picture-data-uri';
import { readPicture } from './read-picture';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'factornet-pictures-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const exact = { shape: [2, 3, 3], resize: false } as const;
const values = Float32Array.from({ length: 18 }, (_, index) => (index * 14) / 255);

test('a picture comes back as it was written', async () => {
  const uri = await pictureDataUri(values, [2, 3, 3]);
  const path = join(directory, 'picture.png');
  await writeFile(path, Buffer.from(uri.replace('data:image/png;base64,', ''), 'base64'));
  expect(await readPicture(path, exact)).toEqual(values);
});

test('transparency is dropped, grey becomes three channels, other sizes are scaled when asked', async () => {
  const path = join(directory, 'grey.png');
  const grey = {
    create: { width: 8, height: 8, channels: 4, background: { r: 51, g: 51, b: 51, alpha: 1 } },
  } as const;
  await sharp(grey).toColourspace('b-w').png().toFile(path);
  await expect(readPicture(path, exact)).rejects.toThrow(ShapeMismatchError);
  const read = await readPicture(path, { ...exact, resize: true });
  expect(read).toEqual(new Float32Array(18).fill(51 / 255));
});

test('refuses what is no picture', async () => {
  await expect(readPicture(join(directory, 'none.png'), exact)).rejects.toThrow(MissingFileError);
  const drawing = join(directory, 'drawing.png');
  await writeFile(drawing, '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>');
  await expect(readPicture(drawing, exact)).rejects.toThrow(/neither JPEG nor PNG/);
  const cut = join(directory, 'cut.png');
  await writeFile(cut, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]));
  await expect(readPicture(cut, exact)).rejects.toThrow(/cut\.png cannot be decoded/);
});
