import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import yauzl from 'yauzl';
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

describe('readNpz, on bombs', () => {
  const members = (text: string, bytes: number, names = ['x']) =>
    names.map((name) => ({ name, content: npy(text, bytes) }));
  const shape = (rows: number, descr = '<f8') =>
    `{'descr': '${descr}', 'fortran_order': False, 'shape': (${rows},), }`;

  it.each<[string, ReturnType<typeof members>, RegExp]>([
    ['less than its size', members(shape(10), 3e6), /"x" goes on behind its last number: \[10\]/],
    ['more than its size', members(shape(1e7), 3e6), /"x" is truncated: \[10000000\]/],
    ['objects', members(shape(3e6, '|O'), 3e6), /holds Python objects/],
    ['more numbers than may be', members(shape(2 ** 25 + 1, '|u1'), 3e6), /has 33554433 numbers/],
  ])('does not unpack an array whose head says %s', async (_, content, message) => {
    const inflated = vi.spyOn(yauzl.ZipFile.prototype, 'openReadStreamPromise');
    await expect(readNpz(await file(zipOf(content)), ['x'])).rejects.toThrow(message);
    const stream = await (inflated.mock.results[0]?.value as Promise<{
      destroyed: boolean;
      readableEnded: boolean;
    }>);
    inflated.mockRestore();
    expect(stream).toMatchObject({ destroyed: true, readableEnded: false });
  });

  it('refuses arrays that are too large together, by what the archive says of them', async () => {
    const bytes = zipOf(members(shape(2), 16, ['x', 'y', 'z']));
    for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1)) {
      bytes.writeUInt32LE(2 ** 29, at + 24);
    }
    const path = await file(bytes);
    await expect(readNpz(path, ['x', 'y', 'z'])).rejects.toThrow(/take 1610612736 bytes together/);
    await expect(readNpz(path, ['x', 'y'])).rejects.toThrow(/"x" cannot be unpacked/);
  });

  /** A `.npy` file with this head and so many zeros. */
  function npy(head: string, bytes: number): Buffer {
    const text = Buffer.from(head);
    return Buffer.concat([
      Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length & 255, text.length >> 8]),
      text,
      Buffer.alloc(bytes),
    ]);
  }

  /** A ZIP archive, written by hand. */
  function zipOf(content: readonly { name: string; content: Buffer }[]): Buffer {
    const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
    let offset = 0;
    for (const { name, content: plain } of content) {
      const packed = deflateRawSync(plain);
      const path = Buffer.from(`${name}.npy`);
      const common = Buffer.alloc(26);
      common.writeUInt16LE(20, 0);
      common.writeUInt16LE(8, 4);
      common.writeUInt32LE(crc32(plain), 10);
      common.writeUInt32LE(packed.length, 14);
      common.writeUInt32LE(plain.length, 18);
      common.writeUInt16LE(path.length, 22);
      const where = Buffer.alloc(14);
      where.writeUInt32LE(offset, 10);
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, path, packed]);
      centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, where, path]));
      locals.push(local);
      offset += local.length;
    }
    const central = Buffer.concat(centrals);
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06');
    end.writeUInt16LE(content.length, 8);
    end.writeUInt16LE(content.length, 10);
    end.writeUInt32LE(central.length, 12);
    end.writeUInt32LE(offset, 16);
    return Buffer.concat([...locals, central, end]);
  }
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
