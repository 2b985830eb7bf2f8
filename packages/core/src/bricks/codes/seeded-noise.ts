import { concat, randomNormal, type Tensor2D, zeros } from '@tensorflow/tfjs';
import type { CodeNoise } from './code';

export interface NoiseOptions {
  /** Default 0. */
  readonly seed?: number | undefined;
  /** What is drawn for, e.g. a task: each has its own. */
  readonly key?: string;
  /** Which picture of a batch the first row is of. Default 0. */
  readonly start?: number;
}

/**
 * Draws from N(0, 1), each row from a seed, a key and its place in the batch alone: the same on every backend, however a
 * batch is cut into parts. Call what it returns within `tf.tidy`.
 */
export function seededNoise({ seed = 0, key = '', start = 0 }: NoiseOptions = {}): CodeNoise {
  let hash = seed;
  for (const letter of key) hash = Math.imul(hash, 31) + (letter.codePointAt(0) as number);
  // One stream per row; TensorFlow.js takes 0 for no seed.
  const stream = (hash >>> 0) * 2 ** 21 + start + 1;
  return ([rows, length]) =>
    concat([
      zeros([0, length]) as Tensor2D,
      ...Array.from({ length: rows }, (_, row) => randomNormal([1, length], 0, 1, 'float32', stream + row)),
    ]) as Tensor2D;
}
