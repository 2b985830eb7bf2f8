import { InvalidOptionError } from '@factornet/spec';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded sequence of numbers, the same on every machine. */
export interface RandomStream {
  /** Uniform in [0, 1), 2^-32 apart. */
  uniform(): number;
  /** Uniform integer in [0, limit). @throws InvalidOptionError unless `limit` is a whole number from 1 */
  integer(limit: number): number;
  /** Standard normal (Box–Muller); equal across machines up to their rounding of logarithm and cosine. */
  normal(): number;
  /** The integers 0 … length − 1 in random order (Fisher–Yates). */
  permutation(length: number): Int32Array;
  /** `length` standard normals. */
  normals(length: number): Float32Array;
}

/**
 * Opens the stream that belongs to a seed and a path of keys. Equal seed and keys give equal numbers;
 * streams of different keys are independent. So a training step can ask for
 * `randomStream(seed, 'noise', step)` and needs no generator state in its checkpoint.
 *
 * The keys form a path: `('critic', 'kernel')` and `('critic/kernel')` are the same stream.
 *
 * @throws InvalidOptionError if the seed is not a finite number
 */
export function randomStream(seed: number, ...keys: readonly (string | number)[]): RandomStream {
  if (!Number.isFinite(seed)) {
    throw new InvalidOptionError({ option: 'seed', expected: 'a finite number', received: seed });
  }
  const generator = xoroshiro128plus(hash([seed, ...keys].join('/')));
  const uniform = () => (generator.next() >>> 0) / 2 ** 32;
  const integer = (limit: number) => {
    if (!Number.isInteger(limit) || limit < 1) {
      throw new InvalidOptionError({ option: 'limit', expected: 'a whole number from 1', received: limit });
    }
    return uniformInt(generator, 0, limit - 1);
  };
  let spare: number | undefined;
  const normal = () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    // 1 − uniform lies in (0, 1], so the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return {
    uniform,
    integer,
    normal,
    permutation(length) {
      const order = Int32Array.from({ length }, (_, index) => index);
      for (let last = length - 1; last > 0; last--) {
        const other = integer(last + 1);
        const value = order[last] as number;
        order[last] = order[other] as number;
        order[other] = value;
      }
      return order;
    },
    normals: (length) => Float32Array.from({ length }, normal),
  };
}

/** FNV-1a, 32 bits, then MurmurHash3's finalizer so that close keys give distant seeds. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
