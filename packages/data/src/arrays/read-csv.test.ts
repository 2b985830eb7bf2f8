import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findColumns } from './csv-columns';
import { readCsv } from './read-csv';

let path: string;
beforeAll(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'factornet-arrays-')), 'samples.csv');
});
afterAll(() => rm(join(path, '..'), { recursive: true, force: true }));

async function read(text: string) {
  await writeFile(path, text);
  return readCsv(path, ['x', 'y']);
}

describe('readCsv', () => {
  it('takes columns by their names, in the order of their numbers, and leaves others', async () => {
    const { arrays, present } = await read('id,x1,y,x0\na,1,5,-0.5\nb,2e3,6,+.25\n');
    expect(arrays.get('x')).toEqual({ rows: 2, columns: 2, data: Float64Array.of(-0.5, 1, 0.25, 2000) });
    expect(arrays.get('y')).toEqual({ rows: 2, columns: 1, data: Float64Array.of(5, 6) });
    expect(present).toEqual(['id', 'x1', 'y', 'x0']);
  });

  it('reads quotes, spaces, a byte order mark, Windows line ends, empty lines and no end of line', async () => {
    const { arrays } = await read('\ufeff"x" , y\r\n"1", 2\r\n\r\n3,4');
    expect(arrays.get('x')?.data).toEqual(Float64Array.of(1, 3));
    expect(arrays.get('y')?.data).toEqual(Float64Array.of(2, 4));
  });

  it('refuses a line beyond the limit', async () => {
    const line = '1'.repeat(2 ** 20 + 1);
    await expect(read(`x,y\n${line},2\n`)).rejects.toThrow(/no CSV that can be read \(Max Record Size/);
  });

  it.each(['\n', '\r'])(
    'refuses a line of millions of commas before it is parsed, between %j',
    async (end) => {
      await expect(read(`x,y${end}1,2${end}${','.repeat(3e6)}`)).rejects.toThrow(
        /line of more than the 2097152/,
      );
    },
  );

  it('tells how far it is, and can be cancelled', async () => {
    await writeFile(path, `x,y\n${'1,2\n'.repeat(2500)}`);
    const told: number[][] = [];
    await readCsv(path, ['x'], { onProgress: (...bytes) => told.push(bytes) });
    expect(told).toEqual([
      [4004, 10_004],
      [8004, 10_004],
    ]);
    const controller = new AbortController();
    const reading = readCsv(path, ['x'], { onProgress: () => controller.abort(), signal: controller.signal });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('gives an empty array for headings alone, none for an empty file', async () => {
    expect((await read('x,y\n')).arrays.get('x')).toMatchObject({ rows: 0, columns: 1 });
    expect((await read('')).arrays.size).toBe(0);
  });

  it.each([
    ['0.5,1\n2,3\n', /first line has numbers.*\n.*x0,x1,y0,y1/],
    ['x,y\n1,2\n3\n', /it is no CSV that can be read \(Invalid Record Length.*line 3/],
    ['x,y\n1,"2\n', /it is no CSV that can be read/],
    ['x,y\n1,2\n3,\n', /line 3, column "y" has nothing, where a finite number is expected/],
    ['x,y\n1,2\n3,NaN\n', /line 3, column "y" has "NaN"/],
    ['x,y\n-inf,2\n', /line 2, column "x" has "-inf"/],
    ['x,y\n1e999,2\n', /line 2, column "x" has "1e999"/],
    ['x,y\n0x10,2\n', /has "0x10"/],
    ['x,y\n1,cat\n', /has "cat".*\n.*labels are whole numbers/],
    ['x1,x.1,y\n1,2,3\n', /two of its columns are the same one of x: "x.1"/],
  ])('refuses %j', async (text, message) => {
    const refusal = expect(read(text)).rejects;
    await refusal.toThrow(message);
    await refusal.toMatchObject({ code: 'unusable-arrays' });
  });
});

describe('findColumns', () => {
  it('knows the ways in which columns are numbered', () => {
    expect(findColumns(['x[10]', 'x[9]', 'xy', 'x 1', 'X0', 'x-1'], 'x')).toEqual([1, 0]);
    expect(findColumns(['x.2', 'x', 'x.1'], 'x')).toEqual([1, 2, 0]);
    expect(findColumns(['x_1', 'x_0', 'y'], 'x')).toEqual([1, 0]);
    expect(findColumns(['x1'], 'y')).toEqual([]);
    expect(findColumns(['x', 'x'], 'x')).toEqual({ taken: 'x' });
  });
});
