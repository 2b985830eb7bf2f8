import type { FeatureMatrix } from '@factornet/core/samples';
import { type Refuse, shapeText } from './array-error';
import { ARRAY_LIMITS } from './array-limits';
import { parseNpyHeader } from './npy-header';
import { numberType } from './npy-types';

/**
 * The numbers of a `.npy` file, `[n]` or `[n, d]`, of any real type of NumPy's that a JavaScript number holds, in
 * either order of bytes and of rows and columns.
 *
 * @throws FactornetError `unusable-arrays`, made by `refuse`
 */
export function parseNpy(bytes: Uint8Array, refuse: Refuse): FeatureMatrix {
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
  const { type, littleEndian } = found;
  const expected = rows * columns * type.bytes;
  const received = bytes.length - dataOffset;
  if (received !== expected) {
    const what = received < expected ? 'is truncated' : 'goes on behind its last number';
    throw refuse(
      `${what}: ${shapeText(shape)} of ${descr} takes ${expected} bytes, but there are ${received}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset, expected);
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
