import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IntegrityError, InvalidOptionError, MissingFileError } from '@factornet/spec';
import { dispose, scalar, type Tensor, tensor, tensor1d, tensor2d } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { expectNoLeak } from '../testing/no-leak';
import { readTensorFile, writeTensorFile } from './tensor-file';

let folder: string;
const fileOf = (name: string) => join(folder, `${name}.safetensors`);

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-tensors-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Writes a safetensors file by hand. */
async function forge(name: string, header: string, values = new Uint8Array(0)): Promise<string> {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  await writeFile(fileOf(name), Buffer.concat([length, Buffer.from(header), values]));
  return fileOf(name);
}

describe('writeTensorFile and readTensorFile', () => {
  const odd = [1.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-45, 3.4028234663852886e38];

  it('are inverse: names, order, shapes, types, values and metadata', async () => {
    const tensors = new Map<string, Tensor>([
      ['kernel/ä', tensor2d(odd, [2, 3])],
      ['steps', scalar(-7, 'int32')],
      ['none', tensor([], [0, 4])],
    ]);
    await writeTensorFile(fileOf('nested/round'), tensors, { epoch: '3' });
    const { tensors: read, metadata } = await readTensorFile(fileOf('nested/round'));
    expect([...read.keys()]).toEqual(['kernel/ä', 'steps', 'none']);
    expect(metadata).toEqual({ epoch: '3' });
    for (const [name, written] of tensors) {
      const { shape, dtype } = read.get(name) as Tensor;
      expect({ shape, dtype }).toEqual({ shape: written.shape, dtype: written.dtype });
      expect(await read.get(name)?.data()).toEqual(await written.data());
    }
  });

  it('follow the safetensors format, values aligned to 8 bytes', async () => {
    await writeTensorFile(fileOf('format'), new Map([['a', tensor1d([1, 2])]]));
    const bytes = await readFile(fileOf('format'));
    const length = Number(bytes.readBigUInt64LE());
    expect(length % 8).toBe(0);
    expect(JSON.parse(bytes.toString('utf8', 8, 8 + length))).toEqual({
      __metadata__: {},
      a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
    });
    expect([bytes.readFloatLE(8 + length), bytes.readFloatLE(12 + length)]).toEqual([1, 2]);
  });

  it('name a truncated file wherever it ends', async () => {
    const path = fileOf('truncated');
    await writeTensorFile(path, new Map([['a', tensor1d([1, 2])]]));
    const { length } = await readFile(path);
    for (const size of [length - 1, 40, 3, 0]) {
      await truncate(path, size);
      const error = await readTensorFile(path).catch((caught: unknown) => caught);
      expect(IntegrityError.isInstance(error)).toBe(true);
      expect(error).toMatchObject({ path, received: `${size} bytes` });
    }
  });

  it('name a missing file', async () => {
    await expect(readTensorFile(fileOf('missing'))).rejects.toThrow(MissingFileError);
  });

  it.each([
    ['not JSON', '{"a": '],
    ['not an object', '[]'],
    ['another type', '{"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}'],
    ['offsets that do not fit the shape', '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}'],
    ['a negative size', '{"a":{"dtype":"F32","shape":[-1],"data_offsets":[4,0]}}'],
    ['nothing', '{"a":null}'],
    ['more axes than any tensor', '{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1],"data_offsets":[0,4]}}'],
    ['metadata that is no text', '{"__metadata__":{"epoch":3}}'],
    [
      'overlapping tensors',
      '{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}',
    ],
    [
      'equal tensors',
      '{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}',
    ],
    [
      'a hole between tensors',
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}',
    ],
    ['a hole before the first', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}'],
    [
      '200,000 entries',
      `{${Array.from({ length: 200_000 }, (_, index) => `"${index}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`)}}`,
    ],
    ['200,000 levels', `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ])('refuse a header with %s', async (name, header) => {
    const path = await forge(name, header, new Uint8Array(16));
    await expect(readTensorFile(path)).rejects.toThrow(IntegrityError);
    await expect(readTensorFile(path)).rejects.toMatchObject({ path, expected: 'a safetensors header' });
  });

  it('take tensors in any order of names, and refuse bytes behind the last', async () => {
    const header =
      '{"b":{"dtype":"F32","shape":[],"data_offsets":[4,8]},"none":{"dtype":"F32","shape":[0],"data_offsets":[4,4]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}';
    const path = await forge('order', header, new Uint8Array(Float32Array.of(1, 2).buffer));
    const { tensors } = await readTensorFile(path);
    expect(await tensors.get('b')?.data()).toEqual(Float32Array.of(2));
    dispose([...tensors.values()]);
    const longer = await forge('longer', header, new Uint8Array(9));
    await expect(readTensorFile(longer)).rejects.toMatchObject({
      expected: `${8 + header.length + 8} bytes`,
      received: `${8 + header.length + 9} bytes`,
    });
  });

  it('refuse a header that is longer than any, before it is read', async () => {
    await writeFile(fileOf('huge'), Buffer.from('ffffffffffffff7f', 'hex'));
    await expect(readTensorFile(fileOf('huge'))).rejects.toThrow(/header of at most 64000000 bytes/);
  });

  it('refuse to write what they could not read back', async () => {
    const flags = new Map([['flags', tensor1d([true, false])]]);
    await expect(writeTensorFile(fileOf('flags'), flags)).rejects.toThrow(
      /tensor "flags" must be a float32 or int32/,
    );
    const reserved = new Map([['__metadata__', tensor1d([1])]]);
    await expect(writeTensorFile(fileOf('reserved'), reserved)).rejects.toThrow(InvalidOptionError);
  });

  it('leak nothing', async () => {
    const tensors = new Map([['a', tensor1d([1, 2])]]);
    await expectNoLeak(() => writeTensorFile(fileOf('leak'), tensors));
    await expectNoLeak(async () => dispose([...(await readTensorFile(fileOf('leak'))).tensors.values()]));
  });
});
