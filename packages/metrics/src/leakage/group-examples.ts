import {
  copiedRows,
  type FeatureMatrix,
  groupsOf,
  inSixDigits,
  isDiscrete,
  joinCopies,
  type RowGroups,
} from '@factornet/core/samples';

/**
 * Which examples must not be parted: those of one identifier, and those that look copied by any of these features, equal to
 * six digits. Features of few whole numbers, and values that come often, are equal by chance.
 *
 * @throws ShapeMismatchError, InvalidOptionError for identifiers that are not one finite number per example
 */
export function groupExamples(
  rows: number,
  features: readonly FeatureMatrix[],
  identifiers?: ArrayLike<number>,
): RowGroups {
  let groups =
    identifiers === undefined
      ? Int32Array.from({ length: rows }, (_, row) => row)
      : groupsOf(identifiers, rows);
  for (const matrix of features) {
    if (matrix.columns === 0 || isDiscrete(matrix)) continue;
    groups = joinCopies(groups, copiedRows(inSixDigits(matrix)));
  }
  return groups;
}
