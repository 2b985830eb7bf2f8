import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidOptionError, MissingFileError, ShapeMismatchError } from '@factornet/spec';
import sharp, { type Color, type Sharp } from 'sharp';
import { create } from 'tar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageFolder } from './image-folder';
import { readPictures } from './read-pictures';

let root: string;
let files: string[];

const plain = (background: Color, channels: 3 | 4 = 3, width = 6, height = 6) =>
  sharp({ create: { width, height, channels, background } });

/** Each picture is of one colour; what its bytes are as RGB and as luma was worked out by hand. */
const kinds: readonly [name: string, Sharp, rgb: readonly number[], luma: number][] = [
  ['red.png', plain('#ff0000').png(), [255, 0, 0], 76],
  ['green.png', plain('#00ff00').png(), [0, 255, 0], 150],
  ['blue.png', plain('#0000ff').png(), [0, 0, 255], 29],
  ['grey.png', plain('#333333').toColourspace('b-w').png(), [51, 51, 51], 51],
  ['palette.png', plain('#ff0000').png({ palette: true }), [255, 0, 0], 76],
  ['clear.png', plain({ r: 255, g: 0, b: 0, alpha: 0 }, 4).png(), [255, 255, 255], 255],
  // Half of black on white; half of red: 255, 127, 127 or 128.
  ['half.png', plain({ r: 0, g: 0, b: 0, alpha: 0.5 }, 4).png(), [127, 127, 127], 127],
  [
    'half-palette.png',
    plain({ r: 255, g: 0, b: 0, alpha: 0.5 }, 4).png({ palette: true }),
    [255, 127, 127],
    165,
  ],
  ['deep.png', plain('#ff0000').toColourspace('rgb16').png(), [255, 0, 0], 76],
  [
    'deep-half.png',
    plain({ r: 255, g: 0, b: 0, alpha: 0.5 }, 4).toColourspace('rgb16').png(),
    [255, 127, 127],
    165,
  ],
  ['cmyk.jpg', plain('#808080').toColourspace('cmyk').jpeg({ quality: 100 }), [128, 128, 128], 128],
];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'factornet-read-pictures-'));
  await mkdir(join(root, 'folder', 'a'), { recursive: true });
  await mkdir(join(root, 'folder', 'b'), { recursive: true });
  files = kinds.map(([name], index) => join(root, 'folder', index % 2 === 0 ? 'a' : 'b', name));
  await Promise.all(kinds.map(([, picture], index) => picture.toFile(files[index] as string)));
  await create({ cwd: join(root, 'folder'), file: join(root, 'folder.tar') }, ['a', 'b']);
});
afterAll(() => rm(root, { recursive: true }));

function expectBytes(values: ArrayLike<number>, expected: readonly number[], name: string): void {
  // Profiles of printers know no grey exactly, and half a byte is rounded somewhere.
  const tolerance = name.startsWith('cmyk') ? 16 : name.includes('half') ? 1.01 : 0.01;
  for (let index = 0; index < values.length; index++) {
    const byte = expected[index % expected.length] as number;
    expect(Math.abs((values[index] as number) * 255 - byte), `${name}, value ${index}`).toBeLessThan(
      tolerance,
    );
  }
}

test.each([3, 1] as const)('every kind of file becomes %d channels, on white', async (channels) => {
  const pictures = await readPictures(files, { shape: [6, 6, channels] });
  for (const [index, [name, , rgb, luma]] of kinds.entries()) {
    expect(pictures[index]).toHaveLength(36 * channels);
    expectBytes(pictures[index] as Float32Array, channels === 3 ? rgb : [luma], name);
  }
});

test.each([3, 1] as const)('folder and archive hold the same %d channels', async (channels) => {
  const values = new Set(
    (await readPictures(files, { shape: [6, 6, channels] })).map((picture) => picture.join()),
  );
  for (const path of ['folder', 'folder.tar']) {
    const dataset = await imageFolder(join(root, path), { channels });
    expect(dataset.imageShape).toEqual([6, 6, channels]);
    const { images } = await dataset.read(kinds.map((_, index) => index));
    const length = 36 * channels;
    const read = kinds.map((_, index) => images.slice(index * length, (index + 1) * length).join());
    expect(new Set(read)).toEqual(values);
  }
});

test('turns a picture upright as EXIF says', async () => {
  const bytes = Uint8Array.from([255, 0, 0, 0, 0, 255]);
  const lying = sharp(bytes, { raw: { width: 2, height: 1, channels: 3 } });
  const path = join(root, 'lying.png');
  // 6: what is on the left belongs on top.
  await lying.withMetadata({ orientation: 6 }).png().toFile(path);
  expect(await readPictures([path], { shape: [2, 1, 3] })).toEqual([Float32Array.of(1, 0, 0, 0, 0, 1)]);
});

test('scales only when asked', async () => {
  const file = files[3] as string;
  await expect(readPictures([file], { shape: [2, 3, 3] })).rejects.toThrow(ShapeMismatchError);
  const [picture] = await readPictures([file], { shape: [2, 3, 3], resize: true });
  expect(picture).toEqual(new Float32Array(18).fill(51 / 255));
});

test('refuses what is no picture, and shapes that no file has', async () => {
  const read = (...path: string[]) => readPictures([join(root, ...path)], { shape: [2, 3, 3] });
  await expect(read('none.png')).rejects.toThrow(MissingFileError);
  await expect(read('folder')).rejects.toMatchObject({ code: 'unreadable-file' });
  await writeFile(
    join(root, 'drawing.png'),
    '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>',
  );
  await expect(read('drawing.png')).rejects.toThrow(/neither JPEG nor PNG/);
  await writeFile(join(root, 'cut.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]));
  await expect(read('cut.png')).rejects.toThrow(/cut\.png cannot be decoded/);
  await expect(readPictures(files, { shape: [6, 6, 4] })).rejects.toThrow(InvalidOptionError);
  await expect(imageFolder(join(root, 'folder'), { channels: 4 as 3 })).rejects.toThrow(
    /channels must be 1 or 3/,
  );
});
