import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npyVersion2, numberKinds, storedArchive } from '../testing/numpy-files';
import { readArrays } from './read-arrays';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-arrays-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const expected = {
  x: { rows: 4, columns: 2, data: Float64Array.of(0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4) },
  y: { rows: 4, columns: 1, data: Float64Array.of(0, 1, 1, 0) },
};

/** `{"x":[[],[],…]}` */
function listsOfNothing(): Uint8Array {
  const bytes = Buffer.alloc(6e7, '[],');
  bytes.write('{"x":[');
  bytes.write('[]]}', bytes.length - 4);
  return bytes;
}

describe('readArrays', () => {
  it('reads the same from every kind of file, and from several together', async () => {
    const json = '{ "x": [[0.5, 1], [1.5, 2], [2.5, 3], [3.5, 4]], "y": [0, 1, 1, 0], "about": "a test" }';
    const whole = [
      [await file('samples.npz', storedArchive)],
      [await file('samples.NPZ', storedArchive)],
      [await file('samples.csv', 'x0,x1,y\n0.5,1,0\n1.5,2,1\n2.5,3,1\n3.5,4,0\n')],
      [await file('samples.json', json)],
      [await file('x.npy', npyVersion2), await file('labels.csv', 'y\n0\n1\n1\n0\n')],
    ];
    for (const paths of whole) expect(await readArrays(paths, ['x', 'y'])).toEqual(expected);
  });

  it.each<[string, () => string | Uint8Array, RegExp]>([
    ['60 MB of empty lists', listsOfNothing, /more than the 4194304 lists and obj/],
    [
      'cells of 100,000 levels',
      () => `{"x":[${'['.repeat(1e5)}${']'.repeat(1e5)}]}`,
      /deeper than the 64 lev/,
    ],
    [
      'objects of 100,000 levels',
      () => `${'{"x":'.repeat(1e5)}1${'}'.repeat(1e5)}`,
      /deeper than the 64 levels/,
    ],
    [
      'levels in another array',
      () => `{"z":${'['.repeat(1e5)}${']'.repeat(1e5)},"x":[1]}`,
      /deeper than the 64/,
    ],
    ['an array twice', () => '{"x":[1,2],"y":[1,2],"\\u0078":[3,4]}', /it has the array "x" twice/],
  ])(
    'refuses %s in seconds, as text',
    async (_, text, message) => {
      const path = await file('bomb.json', text());
      const began = process.cpuUsage();
      const error = await readArrays([path], ['x', 'y']).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'unusable-arrays', message: expect.stringMatching(message) });
      expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
      await truncate(path, 0);
    },
    60_000,
  );

  it('tells brackets and quotes within text from lists', async () => {
    const text = `{"about":"[[\\"${'['.repeat(100)}, { ","x":[1,2],"y":[[3],[4]]}`;
    expect((await readArrays([await file('quoted.json', text)], ['x', 'y'])).y.data).toEqual(
      Float64Array.of(3, 4),
    );
  });

  it('names what is missing, what there is, and how arrays are named', async () => {
    const path = await file('samples.npz', storedArchive);
    await expect(readArrays([path], ['codes', 'x'])).rejects.toThrow(
      /samples.npz cannot be used: there is no array "codes" in it, only "x", "y".\n.*codes=….*codes0,codes1,x0,x1.*codes.npy x.npy/,
    );
    const npy = await file('z.npy', npyVersion2);
    await expect(readArrays([npy], ['x', 'y'])).rejects.toThrow(/no arrays "x", "y" in it, only "z"/);
    await expect(readArrays([await file('e.json', '{}')], ['x'])).rejects.toThrow(/only nothing/);
  });

  it.each([
    [
      '{ "x": [1, 2], "y": [[1], [2], [3]] }',
      /y must have the shape \[2, 1\], but came with \[3, 1\].*\n.*x has 2 rows/,
    ],
    ['{ "x": [], "y": [] }', /the array "x" is empty, \[0, 0\]/],
    ['{ "x": [[], []], "y": [1, 2] }', /the array "x" is empty, \[2, 0\]/],
    ['{ "x": [[1, 2], [3]], "y": [1, 2] }', /"x" has 1 numbers in row 1, but 2 in row 0/],
    ['{ "x": [1, [2]], "y": [1, 2] }', /"x" has 1 numbers in row 1/],
    ['{ "x": [[1, 2], [3, null]], "y": [1, 2] }', /"x" has null in row 1, column 1 \(counted from 0\)/],
    ['{ "x": ["1", "2"], "y": [1, 2] }', /"x" has "1" in row 0, column 0/],
    ['{ "x": [[[1]]], "y": [1] }', /"x" has \[1\] in row 0, column 0/],
    ['{ "x": [1e999], "y": [1] }', /"x" has Infinity in row 0, column 0/],
    ['{ "x": 3, "y": [1] }', /"x" is no JSON array/],
    ['{ "x": [NaN], "y": [1] }', /it is no JSON \(.*\n.*no NaN/],
    ['{ "x": [1', /it is no JSON/],
    ['[[1, 2]]', /it is no JSON object/],
    ['null', /it is no JSON object/],
  ])('refuses %s', async (text, message) => {
    await expect(readArrays([await file('samples.json', text)], ['x', 'y'])).rejects.toThrow(message);
  });

  it('names row and column of what is not finite', async () => {
    const path = await file('kinds.npz', numberKinds);
    await expect(readArrays([path], ['nan' as const])).rejects.toThrow(/"nan" has NaN in row 1, column 1/);
    await expect(readArrays([path], ['halves' as const])).rejects.toThrow(
      /"halves" has Infinity in row 4, column 0/,
    );
    await expect(readArrays([path], ['empty' as const])).rejects.toThrow(/"empty" is empty, \[0, 2\]/);
  });

  it('refuses files of another kind, folders, files that are not there, and the same array twice', async () => {
    await expect(readArrays(['samples.mat'], ['x'])).rejects.toMatchObject({
      code: 'invalid-option',
      message: expect.stringMatching(/\.npz, \.npy, \.csv or \.json.*samples\.mat.*\n.*numpy\.savez.*x=x/),
    });
    await expect(readArrays([join(folder, 'no.npz')], ['x'])).rejects.toMatchObject({ code: 'missing-file' });
    await mkdir(join(folder, 'folder.csv'));
    await expect(readArrays([join(folder, 'folder.csv')], ['x'])).rejects.toThrow(
      /Name a file, not a folder/,
    );
    const paths = [await file('samples.npz', storedArchive), await file('y.csv', 'y\n1\n')];
    await expect(readArrays(paths, ['x', 'y'])).rejects.toThrow(/y.csv.*"y" is in .*samples.npz already/);
  });

  it('refuses a file beyond the limit before it reads it', async () => {
    const path = await file('large.csv', 'x,y\n');
    await truncate(path, 2 ** 30);
    await expect(readArrays([path], ['x'])).rejects.toThrow(
      /it has 1073741824 bytes, more than the 268435456/,
    );
  });
});
