import { readFile } from 'node:fs/promises';
import { IntegrityError, InvalidOptionError, MissingFileError } from '@factornet/spec';
import { type Tensor, tensor } from '@tensorflow/tfjs';
import { writeBytes } from '../files/write-files';
import { parseTensorHeader, type TensorEntry, tensorHeaderLength } from './tensor-header';

const dtypes = new Map<string, TensorEntry['dtype']>([
  ['float32', 'F32'],
  ['int32', 'I32'],
]);

/**
 * Writes named float32 and int32 tensors with text metadata as one safetensors file, whole or not at all:
 * 8 bytes of header length (little endian), a JSON header, then the values.
 *
 * Source: https://huggingface.co/docs/safetensors (format).
 *
 * @throws InvalidOptionError for a tensor of another type, or one named `__metadata__`
 * @throws WriteFailedError; what was there before is still there
 */
export async function writeTensorFile(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const header: Record<string, TensorEntry | typeof metadata> = { __metadata__: metadata };
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (const [name, value] of tensors) {
    const dtype = dtypes.get(value.dtype);
    if (dtype === undefined || name === '__metadata__') {
      const expected = 'a float32 or int32 tensor not named __metadata__';
      throw new InvalidOptionError({ option: `tensor "${name}"`, expected, received: value.dtype });
    }
    const data = (await value.data()) as Float32Array | Int32Array;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    header[name] = { dtype, shape: value.shape, data_offsets: [offset, offset + bytes.length] };
    chunks.push(bytes);
    offset += bytes.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Trailing spaces are part of the format; they align the values to 8 bytes.
  const padding = new Uint8Array((8 - (json.length % 8)) % 8).fill(0x20);
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(json.length + padding.length), true);
  await writeBytes(path, Buffer.concat([new Uint8Array(length.buffer), json, padding, ...chunks]));
}

/**
 * Reads what {@link writeTensorFile} wrote. The caller disposes of the tensors.
 *
 * @throws MissingFileError
 * @throws IntegrityError if the file is truncated or goes on behind its end, or no safetensors file of float32 and int32 tensors
 */
export async function readTensorFile(
  path: string,
): Promise<{ tensors: Map<string, Tensor>; metadata: Record<string, string> }> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await readFile(path));
  } catch (cause) {
    throw new MissingFileError({ path }, { cause });
  }
  const truncated = (expected: number) =>
    new IntegrityError({ path, expected: `at least ${expected} bytes`, received: `${bytes.length} bytes` });
  if (bytes.length < 8) throw truncated(8);
  const start = 8 + tensorHeaderLength(bytes, path);
  if (bytes.length < start) throw truncated(start);
  const header = parseTensorHeader(new TextDecoder().decode(bytes.subarray(8, start)), path);
  const { entries, metadata } = header;
  const end = start + header.bytes;
  if (bytes.length < end) throw truncated(end);
  if (bytes.length > end) {
    throw new IntegrityError({ path, expected: `${end} bytes`, received: `${bytes.length} bytes` });
  }
  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype, shape, data_offsets }] of entries) {
    const { buffer } = bytes.slice(start + data_offsets[0], start + data_offsets[1]);
    const values = dtype === 'F32' ? new Float32Array(buffer) : new Int32Array(buffer);
    tensors.set(name, tensor(values, shape, dtype === 'F32' ? 'float32' : 'int32'));
  }
  return { tensors, metadata };
}
