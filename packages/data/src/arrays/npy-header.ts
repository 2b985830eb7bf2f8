import type { Refuse } from './array-error';
import { ARRAY_LIMITS } from './array-limits';

/** What the head of a `.npy` file says. */
export interface NpyHeader {
  /** NumPy's name of the number type, e.g. `<f8`; a list of fields comes as its text. */
  readonly descr: string;
  /** Whether columns lie one after the other, in place of rows. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly dataOffset: number;
}

/** Bytes that tell all of a head, if the file has as many. */
export const HEAD_BYTES = 12 + ARRAY_LIMITS.headerBytes;

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const entry =
  /\s*(['"])(descr|fortran_order|shape)\1\s*:\s*('[^']*'|"[^"]*"|\[[^\]]*\]|True|False|\([\d\s,]*\))\s*(,|(?=\}))/y;

/**
 * Reads the head of a `.npy` file, format 1.0 to 3.0: a magic string, a length, and a Python dictionary of three
 * entries, of which nothing but these is accepted.
 *
 * @throws UnusableArraysError, made by `refuse`
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function parseNpyHeader(bytes: Uint8Array, refuse: Refuse): NpyHeader {
  if (!MAGIC.every((byte, index) => bytes[index] === byte)) {
    throw refuse('does not begin as a .npy file does', { hint: 'Write it with numpy.save or numpy.savez.' });
  }
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) throw refuse(`has the .npy format ${version}, which is none of 1, 2 and 3`);
  const textOffset = version === 1 ? 10 : 12;
  if (bytes.length < textOffset) throw refuse('is truncated: it ends within its head');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > ARRAY_LIMITS.headerBytes) {
    throw refuse(`has a head of ${length} bytes, more than ${ARRAY_LIMITS.headerBytes}`);
  }
  const dataOffset = textOffset + length;
  if (bytes.length < dataOffset) throw refuse('is truncated: it ends within its head');
  const fields = parseDictionary(new TextDecoder().decode(bytes.subarray(textOffset, dataOffset)));
  const [descr, order, sizes] = ['descr', 'fortran_order', 'shape'].map((key) => fields?.get(key));
  const shape = sizes === undefined ? undefined : parseShape(sizes);
  if (descr === undefined || shape === undefined || (order !== 'True' && order !== 'False')) {
    throw refuse('has a head that does not follow the .npy format');
  }
  return { descr: descr.replace(/^['"]|['"]$/g, ''), fortranOrder: order === 'True', shape, dataOffset };
}

function parseDictionary(text: string): Map<string, string> | undefined {
  const body = text.trim();
  if (!body.startsWith('{') || !body.endsWith('}')) return undefined;
  const fields = new Map<string, string>();
  entry.lastIndex = 1;
  let end = 1;
  for (let match = entry.exec(body); match !== null; match = entry.exec(body)) {
    const [, , key = '', value = ''] = match;
    if (fields.has(key)) return undefined;
    fields.set(key, value);
    end = entry.lastIndex;
  }
  return /^\s*\}$/.test(body.slice(end)) ? fields : undefined;
}

/** `(3, 2)`, `(3,)` or `()`. */
function parseShape(text: string): number[] | undefined {
  if (!/^\(\s*(\d+\s*,\s*)*(\d+\s*)?\)$/.test(text)) return undefined;
  const sizes = text.match(/\d+/g) ?? [];
  return sizes.map(Number);
}
