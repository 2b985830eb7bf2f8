import {
  countGroups,
  countRepeats,
  cutBetweenGroups,
  type FeatureMatrix,
  firstEqualRows,
  orderByGroup,
} from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { groupExamples } from '../../leakage/group-examples';

/** Which rows are for what; none decide where there is one way only, or too few rows. */
export interface ExampleParts {
  /** What each way learns from, to be tried. */
  readonly tried: Int32Array;
  /** What decides among ways. */
  readonly deciding: Int32Array;
  /** What the chosen way learns from. */
  readonly learnt: Int32Array;
}

/**
 * Tries on two thirds of the rows and decides on the rest, on half of `most` each at most; learns from all, or `most` of
 * them where more differ. Rows are in an order of their own, and copies of each other are in one part.
 */
export function partExamples(features: FeatureMatrix, most: number, decides: boolean): ExampleParts {
  const { rows } = features;
  const groups = groupExamples(rows, [features]);
  const order = orderByGroup(randomStream(0, 'kernel-probe').permutation(rows), groups);
  const different = rows - countRepeats(firstEqualRows(features));
  const learnt = different <= most ? order : order.slice(0, most);
  const third = Math.floor(rows / 3);
  if (!decides || third === 0 || countGroups(groups) < 2) {
    return { tried: order.slice(0, 0), deciding: order.slice(0, 0), learnt };
  }
  const [cut] = cutBetweenGroups(order, groups, [rows - third]) as [number];
  const half = Math.ceil(most / 2);
  return { tried: order.slice(0, Math.min(cut, half)), deciding: order.slice(cut, cut + half), learnt };
}
