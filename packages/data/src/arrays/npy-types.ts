/** How NumPy stores one kind of number. */
export interface NumberType {
  readonly bytes: number;
  /** Whether it has whole numbers that a JavaScript number rounds. */
  readonly long?: true;
  read(view: DataView, offset: number, littleEndian: boolean): number;
}

/** By what follows the byte order in a `descr`: `f8` in `<f8`. */
const numberTypes: Readonly<Record<string, NumberType>> = {
  b1: { bytes: 1, read: (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1) },
  i1: { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  u1: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  i2: { bytes: 2, read: (view, offset, little) => view.getInt16(offset, little) },
  u2: { bytes: 2, read: (view, offset, little) => view.getUint16(offset, little) },
  i4: { bytes: 4, read: (view, offset, little) => view.getInt32(offset, little) },
  u4: { bytes: 4, read: (view, offset, little) => view.getUint32(offset, little) },
  i8: { bytes: 8, long: true, read: (view, offset, little) => Number(view.getBigInt64(offset, little)) },
  u8: { bytes: 8, long: true, read: (view, offset, little) => Number(view.getBigUint64(offset, little)) },
  f2: { bytes: 2, read: (view, offset, little) => halfToNumber(view.getUint16(offset, little)) },
  f4: { bytes: 4, read: (view, offset, little) => view.getFloat32(offset, little) },
  f8: { bytes: 8, read: (view, offset, little) => view.getFloat64(offset, little) },
};

/** What the first letter of other types stands for. */
const otherTypes: Readonly<Record<string, string>> = {
  c: 'complex numbers',
  f: 'extended floating-point numbers',
  O: 'Python objects (pickled), which are never loaded',
  U: 'text',
  S: 'text',
  a: 'text',
  M: 'dates',
  m: 'durations',
  V: 'raw bytes',
  '[': 'records of several fields',
};

/** The type that a `descr` such as `<f8` names, or in words what it is instead. */
export function numberType(descr: string): { type: NumberType; littleEndian: boolean } | { refused: string } {
  const [, order = '', code = ''] = /^([<>|=]?)(.+)$/.exec(descr) ?? [];
  const type = Object.hasOwn(numberTypes, code) ? numberTypes[code] : undefined;
  // `=` is the byte order of the machine that wrote the file; NumPy never stores it.
  if (type === undefined || order === '=' || (order === '|' && type.bytes > 1)) {
    return { refused: otherTypes[code[0] ?? ''] ?? 'numbers of an unknown kind' };
  }
  return { type, littleEndian: order !== '>' };
}

/** The value of a half-precision number, by its bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
