import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type TarBlocks, tarBlocks } from '@factornet/core/testing';
import { CancelledError, InvalidOptionError, MissingFileError, ShapeMismatchError } from '@factornet/spec';
import sharp from 'sharp';
import { create } from 'tar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDataset } from '../conformance';
import { subset } from '../selection/subset';
import { folderPictures } from './folder-pictures';
import { type ImageFolderOptions, imageFolder } from './image-folder';
import { defaultLimits } from './limits';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'factornet-image-folder-'));
  // Written in an order that is not the sorted one.
  await picture('good/train/sea/b.png', [0, 0, 255]);
  await picture('good/train/meadow/9.jpg', [20, 200, 40]);
  await picture('good/train/sea/a.JPEG', [0, 128, 255]);
  await picture('good/train/meadow/10.jpg', [90, 220, 60]);
  await write('good/train/sea/notes.txt', 'not a picture');
  await write('good/train/sea/._a.jpg', 'a shadow file');
  await create({ cwd: join(root, 'good'), file: join(root, 'good.tar') }, ['train']);
  await create({ cwd: join(root, 'good'), file: join(root, 'good.tar.gz'), gzip: true }, ['./train']);
});

afterAll(() => rm(root, { recursive: true }));

describeDataset('imageFolder', () => imageFolder(join(root, 'good')));

test.each(['good', 'good/train', 'good.tar', 'good.tar.gz'])('reads %s', async (path) => {
  const dataset = await read(path);
  expect(dataset.imageShape).toEqual([6, 4, 3]);
  expect(dataset.tasks).toEqual([{ name: 'class', type: 'classification', classes: ['meadow', 'sea'] }]);
  const { images, labels } = await dataset.read([0, 1, 2, 3]);
  expect(labels.class).toEqual(Int32Array.of(0, 0, 1, 1));
  const corners = [0, 1, 2, 3].map((index) => [...images.subarray(index * 72, index * 72 + 3)]);
  // 10.jpg, 9.jpg, a.JPEG, b.png: by code unit.
  const expected = [
    [90, 220, 60],
    [20, 200, 40],
    [0, 128, 255],
    [0, 0, 255],
  ];
  for (const [index, colour] of expected.entries()) {
    for (const [channel, byte] of colour.entries()) {
      // JPEG loses a little.
      expect(Math.abs((corners[index]?.[channel] as number) * 255 - byte)).toBeLessThan(
        index === 3 ? 0.001 : 4,
      );
    }
  }
});

test('is named after what it holds, not after the place', async () => {
  const [one, archive, fewer] = [
    await read('good'),
    await read('good.tar'),
    await read('good', { limitPerClass: 1 }),
  ];
  const digest = /sha512-.*(?=\))/;
  expect(archive.name.match(digest)?.[0]).toBe(one.name.match(digest)?.[0]);
  expect(fewer.name).not.toBe(one.name);
  expect(one.name).not.toContain(root);
});

test('reads the first pictures of each class when asked, under the task name it is given', async () => {
  const dataset = await read('good', { limitPerClass: 1, task: 'place' });
  expect((await dataset.read([0, 1])).labels).toEqual({ place: Int32Array.of(0, 1) });
  expect(dataset.size).toBe(2);
});

test('turns grey, transparent, 16-bit and rotated pictures into upright 8-bit RGB', async () => {
  const grey = sharp({ create: { width: 4, height: 6, channels: 3, background: '#777777' } });
  await write('kinds/a/grey.png', await grey.clone().toColourspace('b-w').png().toBuffer());
  await write('kinds/a/deep.png', await grey.clone().toColourspace('rgb16').png().toBuffer());
  await write('kinds/b/clear.png', await grey.clone().ensureAlpha(0.5).png().toBuffer());
  const lying = sharp({ create: { width: 6, height: 4, channels: 3, background: '#777777' } });
  await write('kinds/b/lying.jpg', await lying.withMetadata({ orientation: 6 }).jpeg().toBuffer());
  const { images } = await (await read('kinds')).read([0, 1, 2, 3]);
  for (const [index, value] of images.entries()) {
    // The third is b/clear.png, half of it the white below.
    const expected = Math.floor(index / 72) === 2 ? (0x77 + 255) / 2 : 0x77;
    expect(Math.abs(value * 255 - expected)).toBeLessThan(1.5);
  }
});

test('follows links to class folders', async () => {
  await mkdir(join(root, 'linked'));
  for (const name of ['meadow', 'sea'])
    await symlink(join(root, 'good/train', name), join(root, 'linked', name));
  expect((await read('linked')).size).toBe(4);
});

test.each(['folder', 'archive'])(
  'counts what it leaves out of a %s, and says which classes are none',
  async (kind) => {
    await picture('left/a/1.png', [1, 2, 3]);
    await picture('left/b/1.png', [1, 2, 3]);
    await write('left/a/notes.txt', 'no picture');
    await write('left/b/moving.gif', 'no picture that is taken');
    await write('left/labels.csv', 'a,1');
    await write('left/drawings/1.svg', '<svg/>');
    await write('left/a/.DS_Store', 'hidden');
    await mkdir(join(root, 'left/empty'), { recursive: true });
    await mkdir(join(root, 'left/.git'), { recursive: true });
    await rm(join(root, 'left/a/gone.png'), { force: true });
    await symlink(join(root, 'nowhere.png'), join(root, 'left/a/gone.png'));
    if (kind === 'archive') await create({ cwd: join(root, 'left'), file: join(root, 'left.tar') }, ['.']);
    const dataset = await read(kind === 'archive' ? 'left.tar' : 'left');
    expect(dataset.tasks[0]).toMatchObject({ classes: ['a', 'b'] });
    expect(dataset.size).toBe(2);
    expect(dataset.notes).toEqual([
      expect.stringMatching(/^Skipped what is no JPEG or PNG file: 5 \("[^)]+" and others\)\.$/),
      'No class, since without a picture: "drawings", "empty".',
    ]);
    // What is chosen of it says so as well.
    expect(subset(dataset, [0]).notes).toEqual(dataset.notes);
    expect((await read('good')).notes?.[0]).toBe(
      'Skipped what is no JPEG or PNG file: 1 ("train/sea/notes.txt").',
    );
  },
);

test('walks a folder of links to itself, and folders that link to one another, once', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) {
    await picture(`loops/${name}/1.png`, [1, 2, 3]);
    for (let index = 0; index < 10; index++) {
      await symlink(
        join(root, 'loops', index % 2 === 0 ? '.' : name),
        join(root, 'loops', name, `l${index}`),
      );
      await symlink(
        join(root, 'loops', 'abcdefghij'[index] as string),
        join(root, 'loops', name, `m${index}`),
      );
    }
  }
  const began = process.cpuUsage();
  const limits = { ...defaultLimits, pictures: 200 };
  const found = await folderPictures(join(root, 'loops'), limits);
  expect(found.pictures.map(({ path }) => path)).toEqual(expect.arrayContaining(['a/1.png', 'j/1.png']));
  expect(process.cpuUsage(began).user).toBeLessThan(3e6);
  await symlink('.', join(root, 'good', 'self'));
  expect((await read('good')).size).toBe(4);
  await rm(join(root, 'good', 'self'));
});

test('refuses a picture of 16,383 × 16,383 pixels by its head', async () => {
  const size = { width: 16_383, height: 16_383 };
  const head = Buffer.alloc(25);
  head.write('\0\0\0\rIHDR');
  head.writeUInt32BE(size.width, 8);
  head.writeUInt32BE(size.height, 12);
  head.writeUInt8(8, 16);
  head.writeUInt32BE(crc32(head.subarray(4, 21)), 21);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const bomb = Buffer.concat([signature, head, Buffer.from('\0\0\0\0IDAT5\xaf\x06\x1e', 'latin1')]);
  await write('bombs/a/1.png', bomb);
  await picture('bombs/b/1.png', [1, 2, 3]);
  for (const options of [{}, { resize: true, imageSize: 8 }, { imageSize: 8 }]) {
    await expect(read('bombs', options)).rejects.toMatchObject({
      code: 'undecodable-picture',
      message: expect.stringContaining(
        '1.png cannot be decoded: it has 16383 × 16383 pixels, more than the 67108864',
      ),
    });
  }
  await picture('fine/a/1.png', [1, 2, 3], 8, 8);
  await picture('fine/b/1.png', [1, 2, 3], 8, 8);
  await expect(read('fine', { limits: { pixels: 63 } })).rejects.toThrow(/8 × 8 pixels/);
  expect((await read('fine', { limits: { pixels: 64 } })).size).toBe(2);
});

test.each<[string, TarBlocks, RegExp]>([
  ['comes twice', { path: './a//1.png' }, /"\.\/a\/\/1\.png" comes twice/],
  ['leads out', { path: 'a/../../1.png' }, /leads out of it/],
  ['is absolute', { path: '/a/1.png' }, /leads out of it/],
  ['has a line of its own', { path: 'a/\n.png' }, /has control characters/],
])('refuses an archive where a picture %s', async (_, entry, message) => {
  const blocks = [{ path: 'a/1.png' }, { path: 'b/1.png' }, entry].map(tarBlocks);
  await write('hostile.tar', Buffer.concat([...blocks, Buffer.alloc(1024)]));
  const reading = read('hostile.tar');
  await expect(reading).rejects.toMatchObject({ code: 'unreadable-archive' });
  await expect(reading).rejects.toThrow(message);
});

test('resizes only when asked', async () => {
  await picture('sizes/a/1.png', [1, 2, 3]);
  await picture('sizes/b/2.png', [1, 2, 3], 8, 8);
  await expect(read('sizes')).rejects.toThrow(ShapeMismatchError);
  await expect(read('sizes')).rejects.toThrow(/b\/2\.png must have the shape \[6, 4, 3\].*\[8, 8, 3\]/);
  const dataset = await read('sizes', { imageSize: 5, resize: true });
  expect(dataset.imageShape).toEqual([5, 5, 3]);
  expect((await dataset.read([1])).images[2]).toBeCloseTo(3 / 255, 6);
  await expect(read('sizes', { resize: true })).rejects.toThrow(InvalidOptionError);
});

test('says what layout it expects when there is nothing to read', async () => {
  await mkdir(join(root, 'empty'), { recursive: true });
  for (const path of ['nowhere', 'nowhere.tar', 'empty']) {
    await expect(read(path)).rejects.toThrow(MissingFileError);
    await expect(read(path)).rejects.toThrow(/<class>\/<file>\.jpg[\s\S]*CIFAR-10/);
  }
});

test('refuses layouts in which classes cannot be told', async () => {
  await picture('flat/1.png', [0, 0, 0]);
  await picture('two/train/a/1.png', [0, 0, 0]);
  await picture('two/test/a/1.png', [0, 0, 0]);
  await picture('single/a/1.png', [0, 0, 0]);
  for (const path of ['flat', 'two', 'single']) {
    await expect(read(path)).rejects.toMatchObject({ code: 'image-folder-layout' });
  }
  await expect(read('two')).rejects.toThrow(/"test\/", "train\/"/);
});

test('names a picture that cannot be decoded', async () => {
  const whole = await readFile(join(root, 'good/train/meadow/9.jpg'));
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="6"/>';
  for (const [index, bytes] of [whole.subarray(0, whole.length / 2), 'no picture', svg, ''].entries()) {
    await picture(`broken${index}/a/1.png`, [0, 0, 0]);
    await write(`broken${index}/b/bad.jpg`, bytes);
    await expect(read(`broken${index}`)).rejects.toMatchObject({ code: 'undecodable-picture' });
    await expect(read(`broken${index}`)).rejects.toThrow(/b\/bad\.jpg cannot be decoded/);
  }
});

test('names an archive that is cut off or none', async () => {
  const bytes = await readFile(join(root, 'good.tar'));
  const zipped = await readFile(join(root, 'good.tar.gz'));
  await write('cut.tar', bytes.subarray(0, 3000));
  await write('cut.tar.gz', zipped.subarray(0, zipped.length / 2));
  await write('none.tar', 'not a tar file');
  for (const path of ['cut.tar', 'cut.tar.gz', 'none.tar']) {
    await expect(read(path), path).rejects.toMatchObject({ code: 'unreadable-archive' });
  }
});

test('stops at its limits', async () => {
  for (const limits of [{ pictures: 3 }, { bytesPerFile: 50 }, { bytes: 200 }]) {
    for (const path of ['good', 'good.tar']) {
      await expect(read(path, { limits }), path).rejects.toThrow(InvalidOptionError);
    }
  }
});

test('tells its progress and stops when cancelled', async () => {
  const told: number[] = [];
  await read('good', { onProgress: ({ decoded, total }) => told.push(decoded / total) });
  expect(told).toEqual([0.25, 0.5, 0.75, 1]);
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  await expect(read('good', { onProgress, concurrency: 1, signal: controller.signal })).rejects.toThrow(
    CancelledError,
  );
  await expect(read('good.tar', { signal: AbortSignal.abort() })).rejects.toThrow(CancelledError);
});

test('leaves the settings of sharp as they were', async () => {
  const before = [sharp.concurrency(), sharp.cache().items.max];
  await read('good');
  await expect(read('sizes')).rejects.toThrow();
  await Promise.all([read('good'), read('good.tar'), read('good.tar.gz')]);
  expect([sharp.concurrency(), sharp.cache().items.max]).toEqual(before);
});

function read(path: string, options?: ImageFolderOptions) {
  return imageFolder(join(root, path), options);
}

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

async function picture(
  path: string,
  [r, g, b]: [number, number, number],
  width = 4,
  height = 6,
): Promise<void> {
  const plain = sharp({ create: { width, height, channels: 3, background: { r, g, b } } });
  await write(path, await (path.endsWith('.png') ? plain.png() : plain.jpeg({ quality: 100 })).toBuffer());
}
