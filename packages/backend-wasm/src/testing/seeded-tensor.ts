import * as tf from '@tensorflow/tfjs';

/** Numbers in [-1, 1) from a seed (mulberry32), so that a failing case can be run again. */
export function seededValues(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

/** A tensor of seeded values on the current backend. */
export function seededTensor<R extends tf.Rank>(shape: number[], seed: number): tf.Tensor<R> {
  return tf.tensor(seededValues(tf.util.sizeFromShape(shape), seed), shape as tf.ShapeMap[R], 'float32');
}
