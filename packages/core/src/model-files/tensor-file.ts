import { readFile } from 'node:fs/promises';
import { IntegrityError, MissingFileError } from '@factornet/spec';
import { type Tensor, tensor } from '@tensorflow/tfjs';
import writeFileAtomic from 'write-file-atomic';

interface Entry {
  dtype: 'F32' | 'I32';
  shape: number[];
  data_offsets: [number, number];
}

const toSafetensors = { float32: 'F32', int32: 'I32' } as const;

/**
 * Writes named float32 and int32 tensors with text metadata as one safetensors file, atomically:
 * 8 bytes of header length (little endian), a JSON header, then the values.
 *
 * Source: https://huggingface.co/docs/safetensors (format).
 */
export async function writeTensorFile(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const header: Record<string, Entry | typeof metadata> = { __metadata__: metadata };
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (const [name, value] of tensors) {
    const data = (await value.data()) as Float32Array | Int32Array;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    header[name] = {
      dtype: toSafetensors[value.dtype as keyof typeof toSafetensors],
      shape: value.shape,
      data_offsets: [offset, offset + bytes.length],
    };
    chunks.push(bytes);
    offset += bytes.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(json.length), true);
  await writeFileAtomic(path, Buffer.concat([new Uint8Array(length.buffer), json, ...chunks]));
}

/**
 * Reads what {@link writeTensorFile} wrote. The caller disposes of the tensors.
 *
 * @throws MissingFileError, IntegrityError
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
  const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  if (bytes.length < start) throw truncated(start);
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, start)),
  ) as Record<string, Entry> & { __metadata__?: Record<string, string> };
  const end = Math.max(0, ...Object.values(entries).map((entry) => entry.data_offsets[1]));
  if (bytes.length < start + end) throw truncated(start + end);
  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(entries)) {
    const buffer = bytes.slice(start + data_offsets[0], start + data_offsets[1]).buffer;
    tensors.set(
      name,
      dtype === 'F32'
        ? tensor(new Float32Array(buffer), shape, 'float32')
        : tensor(new Int32Array(buffer), shape, 'int32'),
    );
  }
  return { tensors, metadata };
}
