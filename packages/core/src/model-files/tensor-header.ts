import { IntegrityError } from '@factornet/spec';

/** One tensor of a safetensors file. */
export interface TensorEntry {
  dtype: 'F32' | 'I32';
  shape: number[];
  /** First byte and the one after the last, counted from the end of the header. */
  data_offsets: [number, number];
}

export interface TensorHeader {
  entries: Map<string, TensorEntry>;
  metadata: Record<string, string>;
  /** Bytes of all values together. */
  bytes: number;
}

/** Far more than any network of ours has; a stranger's header must not cost more than a look at it. */
const MOST = { headerBytes: 64_000_000, tensors: 65_536, rank: 6 };

/**
 * How long the header of a safetensors file is, by its first eight bytes.
 *
 * @throws IntegrityError if that is more than any such file needs
 */
export function tensorHeaderLength(bytes: Uint8Array<ArrayBuffer>, path: string): number {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length <= MOST.headerBytes) return length;
  const expected = `a header of at most ${MOST.headerBytes} bytes`;
  throw new IntegrityError({ path, expected, received: `${length} bytes` });
}

/**
 * Parses the JSON header of a safetensors file. As the format wants it, every byte of the values belongs to one tensor:
 * where tensors overlap or leave holes, a file says more than one thing, or hides one.
 *
 * @throws IntegrityError naming the file and the entry
 */
export function parseTensorHeader(text: string, path: string): TensorHeader {
  const refuse = (received: string, cause?: unknown) =>
    new IntegrityError({ path, expected: 'a safetensors header', received }, { cause });
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    throw refuse('a header that is not JSON', cause);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw refuse('no object');
  const { __metadata__: metadata = {}, ...rest } = header as Record<string, unknown>;
  const named = Object.entries(rest);
  if (named.length > MOST.tensors) throw refuse(`${named.length} tensors, more than ${MOST.tensors}`);
  if (!isText(metadata)) throw refuse('metadata that is not text');
  const entries = new Map<string, TensorEntry>();
  for (const [name, entry] of named) {
    if (!isEntry(entry)) throw refuse(`no float32 or int32 tensor under "${name.slice(0, 80)}"`);
    entries.set(name, entry);
  }
  let bytes = 0;
  for (const [name, { data_offsets }] of [...entries].sort(byOffset)) {
    if (data_offsets[0] !== bytes) {
      const what = data_offsets[0] < bytes ? 'that overlaps another' : 'behind bytes of none';
      throw refuse(`the tensor "${name.slice(0, 80)}" ${what}`);
    }
    bytes = data_offsets[1];
  }
  return { entries, metadata, bytes };
}

/** One without values lies before one that begins at the same byte. */
function byOffset([, { data_offsets: one }]: Named, [, { data_offsets: other }]: Named): number {
  return one[0] - other[0] || one[1] - other[1];
}

type Named = readonly [string, TensorEntry];

function isText(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string')
  );
}

function isEntry(value: unknown): value is TensorEntry {
  const { dtype, shape, data_offsets } = (value ?? {}) as Partial<Record<keyof TensorEntry, unknown>>;
  if (dtype !== 'F32' && dtype !== 'I32') return false;
  if (!isSizes(shape) || shape.length > MOST.rank || !isSizes(data_offsets) || data_offsets.length !== 2)
    return false;
  const [first, end] = data_offsets as [number, number];
  return end - first === 4 * shape.reduce((product, size) => product * size, 1);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
