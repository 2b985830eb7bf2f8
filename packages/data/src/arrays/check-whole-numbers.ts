import type { FeatureMatrix } from '@factornet/core/samples';
import { refuseArray } from './array-error';

/**
 * Holds an array that was read to numbering the values of factors: whole numbers from 0.
 *
 * @param paths that it was read from, for the message
 * @throws UnusableArraysError naming the first other number
 */
export function checkWholeNumbers(
  paths: readonly string[],
  name: string,
  { columns, data }: FeatureMatrix,
): void {
  const index = data.findIndex((value) => !Number.isInteger(value) || value < 0);
  if (index < 0) return;
  const place = `row ${Math.floor(index / columns)}, column ${index % columns} (counted from 0)`;
  const problem = `has ${data[index]} in ${place}, where a whole number from 0 is expected`;
  throw refuseArray(paths.join(', '), name)(problem, {
    hint: 'Number the values of each factor, e.g. by numpy.unique(factor, return_inverse=True)[1].',
  });
}
