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
}

/** Parses the JSON header of a safetensors file. @throws IntegrityError naming the file and the entry */
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
  const entries = new Map<string, TensorEntry>();
  for (const [name, entry] of Object.entries(rest)) {
    if (!isEntry(entry)) throw refuse(`no float32 or int32 tensor under "${name}"`);
    entries.set(name, entry);
  }
  return { entries, metadata: metadata as Record<string, string> };
}

function isEntry(value: unknown): value is TensorEntry {
  const { dtype, shape, data_offsets } = (value ?? {}) as Partial<Record<keyof TensorEntry, unknown>>;
  if (dtype !== 'F32' && dtype !== 'I32') return false;
  if (!isSizes(shape) || !isSizes(data_offsets) || data_offsets.length !== 2) return false;
  const [first, end] = data_offsets as [number, number];
  return end - first === 4 * shape.reduce((product, size) => product * size, 1);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
