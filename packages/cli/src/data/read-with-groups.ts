import type { FeatureMatrix } from '@factornet/core/samples';
import { type ReadArraysOptions, readArrays } from '@factornet/data/arrays';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';

/**
 * Reads arrays as `readArrays`, and with them, if it is named, the one that says which rows belong together.
 *
 * @throws InvalidOptionError for the name of one of the other arrays
 * @throws ShapeMismatchError unless it has one column
 */
export async function readWithGroups<Name extends string>(
  paths: readonly string[],
  names: readonly Name[],
  groups: string | undefined,
  options: ReadArraysOptions,
): Promise<Record<Name, FeatureMatrix> & { readonly groups?: ArrayLike<number> }> {
  if (groups === undefined) return readArrays(paths, names, options);
  if ((names as readonly string[]).includes(groups)) {
    const expected = `an array beside ${names.join(' and ')}`;
    throw new InvalidOptionError({ option: '--groups', expected, received: groups });
  }
  const { [groups]: identifiers, ...arrays } = await readArrays<string>(paths, [...names, groups], options);
  const { rows, columns, data } = identifiers as FeatureMatrix;
  if (columns === 1) return { ...(arrays as Record<Name, FeatureMatrix>), groups: data };
  throw new ShapeMismatchError(
    { what: groups, expected: [rows, 1], received: [rows, columns] },
    { hint: '--groups names an array of one number per row, the same in rows that belong together.' },
  );
}
