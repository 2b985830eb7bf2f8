import { NonFiniteOutputError } from '@factornet/spec';

/**
 * Checks what a network answered to a batch of pictures: NaN and infinite numbers would be read as the first class, or as
 * any other.
 *
 * @param columns values per picture
 * @param source the network, for messages
 * @throws NonFiniteOutputError
 */
export function refuseNonFinite(values: Float32Array, columns: number, source: string): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  const hint = 'Its weights are too large for float32: train it again.';
  throw new NonFiniteOutputError({ source, picture: Math.floor(index / columns) }, { hint });
}
