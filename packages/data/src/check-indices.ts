import { InvalidOptionError } from '@factornet/spec';

/** @throws InvalidOptionError unless every index is an integer in 0 … size − 1 */
export function checkIndices(indices: ArrayLike<number>, size: number): void {
  for (let position = 0; position < indices.length; position++) {
    const index = indices[position] as number;
    if (Number.isInteger(index) && index >= 0 && index < size) continue;
    throw new InvalidOptionError({
      option: `indices[${position}]`,
      expected: size === 0 ? 'absent: this dataset is empty' : `an integer from 0 to ${size - 1}`,
      received: index,
    });
  }
}
