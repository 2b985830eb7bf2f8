import { InvalidOptionError } from '@factornet/spec';

/**
 * Every count of filters times `factor`, rounded, at least 1.
 *
 * @throws InvalidOptionError for a factor that is not above 0
 */
export function widenedFilters(filters: readonly number[], factor: number): number[] {
  if (!(factor > 0 && Number.isFinite(factor))) {
    throw new InvalidOptionError({ option: 'factor', expected: 'a number above 0', received: factor });
  }
  return filters.map((count) => Math.max(1, Math.round(count * factor)));
}
