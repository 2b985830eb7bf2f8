import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npyVersion2, npyVersion3, numberKinds, storedArchive } from '../testing/numpy-files';
import { refuseArray } from './array-error';
import { parseNpy } from './parse-npy';
import { readNpz } from './read-npz';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-arrays-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'samples.npz');
  await writeFile(path, bytes);
  return path;
}

async function read(bytes: Uint8Array, name: string) {
  return (await readNpz(await file(bytes), [name])).arrays.get(name);
}

const dtypes = [
  ...[
    'f2',
    'f4',
    'f8',
    'i1',
    'u1',
    'i2',
    'u2',
    'i4',
    'u4',
    'i8',
    'u8',
    'f8_columns_first',
    'i4_columns_first',
  ],
  ...['big_f2', 'big_f4', 'big_f8', 'big_i2', 'big_i4', 'big_i8', 'big_u8'],
];

describe('readNpz, on what NumPy wrote', () => {
  it.each(dtypes)('reads %s', async (name) => {
    expect(await read(numberKinds, name)).toEqual({
      rows: 3,
      columns: 2,
      data: Float64Array.of(1, 0, 3, 7, 100, 2),
    });
  });

  it.each([
    ['flat', [1.5, -2.25, 1e300]],
    ['halves', [1.5, -1638 / 2 ** 14, 2 ** -24, 65504, Number.POSITIVE_INFINITY]],
    ['bool', [1, 0, 1]],
    ['nan', [1, 2, 3, Number.NaN]],
    ['negative', [-1, -128]],
    ['empty', []],
  ])('reads %s', async (name, values) => {
    expect((await read(numberKinds, name))?.data).toEqual(Float64Array.from(values));
  });

  it('reads a 1-D array as one column', async () => {
    expect(await read(numberKinds, 'flat')).toMatchObject({ rows: 3, columns: 1 });
  });

  it('reads an archive that is not compressed, and says what is in it', async () => {
    const { arrays, present } = await readNpz(await file(storedArchive), ['y', 'z']);
    expect([...arrays.keys()]).toEqual(['y']);
    expect(arrays.get('y')).toEqual({ rows: 4, columns: 1, data: Float64Array.of(0, 1, 1, 0) });
    expect(present).toEqual(['x', 'y']);
  });

  it.each([
    ['complex', /holds complex numbers \(dtype <c16\)/],
    ['object', /holds Python objects \(pickled\), which are never loaded \(dtype \|O\)/],
    ['text', /holds text \(dtype <U1\)/],
    ['bytes', /holds text \(dtype \|S1\)/],
    ['record', /holds records of several fields \(dtype \[/],
    ['dates', /holds dates/],
    ['extended', /holds extended floating-point numbers/],
    ['scalar', /has the shape \[\], where \[n\] or \[n, d\] is expected/],
    ['cube', /has the shape \[2, 1, 2\].*\n.*reshape/],
    ['huge', /whole number beyond ±\(2\^53 − 1\) in row 0, column 0/],
  ])('refuses %s', async (name, message) => {
    const refusal = expect(read(numberKinds, name)).rejects;
    await refusal.toThrow(message);
    await refusal.toMatchObject({ code: 'unusable-arrays', message: expect.stringContaining(`"${name}"`) });
  });

  it.each([0, 1, 21, 100, 400, storedArchive.length - 1])(
    'refuses an archive cut after %i bytes',
    async (length) => {
      await expect(read(storedArchive.slice(0, length), 'x')).rejects.toMatchObject({
        code: 'unusable-arrays',
      });
    },
  );

  it('refuses an archive with any byte of its numbers changed', async () => {
    const changed = storedArchive.slice();
    const position = Buffer.from(changed).indexOf(Buffer.from(Float32Array.of(3.5).buffer));
    changed[position] = (changed[position] as number) ^ 1;
    await expect(read(changed, 'x')).rejects.toThrow(/"x" is damaged: its checksum differs/);
    expect(await read(changed, 'y')).toMatchObject({ rows: 4 });
  });

  it('refuses to unpack more than the limit, or another length than is written down', async () => {
    const changed = Buffer.from(numberKinds);
    const entry = changed.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    const [compressedSize, size] = [entry + 20, entry + 24];
    changed.writeUInt32LE(2 ** 31, size);
    await expect(read(changed, 'f2')).rejects.toThrow(/"f2" takes 2147483648 bytes, more than the 536870912/);
    changed.writeUInt32LE(numberKinds.length, size);
    await expect(read(changed, 'f2')).rejects.toThrow(/"f2" cannot be unpacked: not enough bytes/);
    changed.writeUInt32LE(100, size);
    await expect(read(changed, 'f2')).rejects.toThrow(/"f2" cannot be unpacked: too many bytes/);
    changed.writeUInt32LE(2 ** 31, compressedSize);
    await expect(read(changed, 'f2')).rejects.toMatchObject({ code: 'unusable-arrays' });
  });
});

describe('parseNpy', () => {
  const parse = (bytes: Uint8Array) => parseNpy(bytes, refuseArray('x.npy', 'x'));

  /** A file of four doubles, with this text as its head. */
  function withHead(text: string, { values = 4, version = 1 } = {}): Uint8Array {
    const head = Buffer.from(text, 'latin1');
    const length = Buffer.alloc(2);
    length.writeUInt16LE(head.length);
    return Buffer.concat([
      Buffer.from([0x93]),
      Buffer.from('NUMPY'),
      Buffer.from([version, 0]),
      length,
      head,
      Buffer.alloc(values * 8),
    ]);
  }

  it('reads versions 2.0 and 3.0 of the format', () => {
    const expected = { rows: 4, columns: 2, data: Float64Array.of(0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4) };
    expect(parse(npyVersion2)).toEqual(expected);
    expect(parse(npyVersion3)).toEqual(expected);
  });

  it('reads a head with its entries in another order, other quotes and no last comma', () => {
    const head = '{"shape": (2,2), "descr": "<f8", "fortran_order": False}';
    expect(parse(withHead(head))).toMatchObject({ rows: 2, columns: 2 });
  });

  it.each([
    [
      "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }",
      /goes on behind its last number: \[3\].*24.*32/,
    ],
    [
      "{'descr': '<f8', 'fortran_order': False, 'shape': (5,), }",
      /is truncated: \[5\] of <f8 takes 40 bytes.*32/,
    ],
    [
      "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999, 9), }",
      /has 899999991 numbers, more than/,
    ],
    ["{'descr': '=f8', 'fortran_order': False, 'shape': (4,), }", /dtype =f8/],
    ["{'descr': '|f8', 'fortran_order': False, 'shape': (4,), }", /dtype \|f8/],
    ["{'descr': '<constructor', 'fortran_order': False, 'shape': (4,), }", /dtype <constructor/],
    ["{'descr': '<f8', 'shape': (4,), }", /does not follow the .npy format/],
    ["{'descr': '<f8', 'fortran_order': 0, 'shape': (4,), }", /does not follow the .npy format/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (-4,), }", /does not follow the .npy format/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (2 2), }", /does not follow the .npy format/],
    ["{'descr': '<f8', 'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", /does not follow/],
    [
      "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), 'more': __import__('os'), }",
      /does not follow/,
    ],
    ['', /does not follow/],
  ])('refuses the head %s', (head, message) => {
    expect(() => parse(withHead(head))).toThrow(message);
  });

  it('refuses what is no .npy file, another version, a head beyond the limit, and any cut', () => {
    expect(() => parse(Buffer.from('PK'))).toThrow(/does not begin as a .npy file does/);
    expect(() => parse(withHead('{}', { version: 4 }))).toThrow(/format 4/);
    expect(() => parse(withHead(' '.repeat(10_001)))).toThrow(/head of 10001 bytes, more than 10000/);
    for (let length = 6; length < npyVersion2.length; length++) {
      expect(() => parse(npyVersion2.subarray(0, length))).toThrow(/truncated|format 0/);
    }
  });
});
