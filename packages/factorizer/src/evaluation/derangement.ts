import { randomStream } from '@factornet/core/training';

/**
 * For each of `size` positions another one, none its own: a random cycle through all of them, drawn by the seed. A single
 * position is left with itself.
 */
export function derangement(size: number, seed: number): Int32Array {
  const order = randomStream(seed, 'derangement').permutation(size);
  const other = new Int32Array(size);
  order.forEach((position, index) => {
    other[position] = order[(index + 1) % size] as number;
  });
  return other;
}
