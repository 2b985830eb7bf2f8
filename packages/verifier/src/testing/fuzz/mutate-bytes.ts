import type { RandomStream } from '@factornet/core/training';

/** Values of bytes and of the float32 numbers that they are read as, which readers stumble over. */
const NUMBERS = [Number.NaN, Number.POSITIVE_INFINITY, 0, -0, 1e38, 1e-45, 1, -1, 1e6];

/** Changes bytes of a file in one way. */
export function mutateBytes(bytes: Buffer, stream: RandomStream): Buffer {
  const at = stream.integer(Math.max(1, bytes.length));
  const length = 1 + stream.integer(16);
  const copy = Buffer.from(bytes);
  const actions: (() => Buffer)[] = [
    () => {
      if (copy.length > 0) copy[at] = (copy[at] as number) ^ (1 << stream.integer(8));
      return copy;
    },
    () => {
      if (copy.length > 0) copy[at] = stream.integer(256);
      return copy;
    },
    () => copy.subarray(0, at),
    () => Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)]),
    () => Buffer.concat([copy.subarray(0, at), copy.subarray(at, at + length), copy.subarray(at)]),
    () => Buffer.concat([copy.subarray(0, at), Buffer.alloc(length, stream.integer(256)), copy.subarray(at)]),
    () => {
      const place = 4 * Math.floor(at / 4);
      if (place + 4 <= copy.length)
        copy.writeFloatLE(NUMBERS[stream.integer(NUMBERS.length)] as number, place);
      return copy;
    },
    () => {
      const place = 4 * Math.floor(at / 4);
      if (place + 4 <= copy.length) {
        const value = copy.readFloatLE(place);
        copy.writeFloatLE(value * (1 + 10 ** -stream.integer(8)), place);
      }
      return copy;
    },
  ];
  return (actions[stream.integer(actions.length)] as () => Buffer)();
}
