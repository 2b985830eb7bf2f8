import type { FeatureMatrix } from '@factornet/core/samples';
import { type Refuse, shapeText } from './array-error';
import { ARRAY_LIMITS } from './array-limits';
import { parseNpyHeader } from './npy-header';
import { type NumberType, numberType } from './npy-types';

/** What a `.npy` file holds, by its head alone. */
export interface NpyLayout {
  readonly rows: number;
  readonly columns: number;
  readonly fortranOrder: boolean;
  readonly type: NumberType;
  readonly littleEndian: boolean;
  /** Where the numbers begin. */
  readonly dataOffset: number;
}

/**
 * Reads the head of a `.npy` file and refuses what the rest of it cannot be, before any of that is read or unpacked.
 *
 * @param bytes of the file, from its beginning; all of it, or as many as a head may have
 * @param length of the whole file
 * @throws UnusableArraysError, made by `refuse`
 */
export function layoutOfNpy(bytes: Uint8Array, length: number, refuse: Refuse): NpyLayout {
  const { descr, fortranOrder, shape, dataOffset } = parseNpyHeader(bytes, refuse);
  const found = numberType(descr);
  if ('refused' in found) {
    const hint = 'Save real numbers, e.g. numpy.asarray(x, dtype="float64").';
    throw refuse(`holds ${found.refused} (dtype ${descr})`, { hint });
  }
  const [rows, columns = 1] = shape;
  if (rows === undefined || shape.length > 2) {
    const hint = 'Give each example one row, e.g. x.reshape(len(x), -1).';
    throw refuse(`has the shape ${shapeText(shape)}, where [n] or [n, d] is expected`, { hint });
  }
  if (rows * columns > ARRAY_LIMITS.values) {
    const hint = 'Take a random part of the examples.';
    throw refuse(`has ${rows * columns} numbers, more than the ${ARRAY_LIMITS.values} it may have`, { hint });
  }
  const expected = rows * columns * found.type.bytes;
  const received = length - dataOffset;
  if (received !== expected) {
    const what = received < expected ? 'is truncated' : 'goes on behind its last number';
    throw refuse(
      `${what}: ${shapeText(shape)} of ${descr} takes ${expected} bytes, but there are ${received}`,
    );
  }
  return { rows, columns, fortranOrder, dataOffset, ...found };
}

/**
 * The numbers of a `.npy` file, `[n]` or `[n, d]`, of any real type of NumPy's that a JavaScript number holds, in
 * either order of bytes and of rows and columns.
 *
 * @throws UnusableArraysError, made by `refuse`
 */
export function parseNpy(bytes: Uint8Array, refuse: Refuse): FeatureMatrix {
  const layout = layoutOfNpy(bytes, bytes.length, refuse);
  const { rows, columns, fortranOrder, type, littleEndian, dataOffset } = layout;
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset);
  const data = new Float64Array(rows * columns);
  const [rowStep, columnStep] = fortranOrder ? [1, rows] : [columns, 1];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = type.read(view, (row * rowStep + column * columnStep) * type.bytes, littleEndian);
      if (type.long && !Number.isSafeInteger(value)) {
        throw refuse(
          `has a whole number beyond ±(2^53 − 1) in row ${row}, column ${column} (counted from 0)`,
        );
      }
      data[row * columns + column] = value;
    }
  }
  return { rows, columns, data };
}
