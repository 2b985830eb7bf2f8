import {
  cutBetweenGroups,
  groupsOf,
  joinCopies,
  orderByGroup,
  type RowGroups,
} from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import type { PairedSamples } from '../estimator';
import { findCopies } from './copied-pairs';

/** What rows have to do with each other. */
export interface RowKinships {
  /** Rows that must not be parted: copies of each other, or of one group of the caller's. */
  readonly groups: RowGroups;
  /** For each row the first one that is equal to it. */
  readonly copies: RowGroups;
}

/** Positions of rows. */
export interface Deal {
  readonly training: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/** No two rows belong together. */
export function eachAlone(rows: number): RowKinships {
  const alone = Int32Array.from({ length: rows }, (_, row) => row);
  return { groups: alone, copies: alone };
}

/**
 * Finds copies, and joins them with the groups that are given, one identifier per row.
 *
 * @throws ShapeMismatchError, InvalidOptionError for identifiers that are none
 */
export function findKinships(
  samples: PairedSamples,
  identifiers: ArrayLike<number> | undefined,
): RowKinships {
  const { copies, sources } = findCopies(samples);
  if (identifiers === undefined) return { groups: sources, copies };
  const given = groupsOf(identifiers, samples.x.rows);
  return { groups: joinCopies(given, sources), copies };
}

/**
 * Deals rows out to three parts, in random order: recordings and sorted tables have trends. Groups are not parted. Of equal
 * rows all are trained on, and one is read: their number would make them each other's negative pairs, and the spread of
 * batches smaller than chance makes it.
 *
 * @param shares of the rows, for validation and test; all rows are test rows without
 * @throws InvalidOptionError if there are fewer groups than parts
 */
export function dealRows(
  rows: number,
  shares: { readonly validation: number; readonly test: number } | undefined,
  { groups, copies }: RowKinships,
  seed: number,
): Deal {
  const order = orderByGroup(randomStream(seed, 'estimate', 'split').permutation(rows), groups);
  const once = (positions: Int32Array) => positions.filter((row) => copies[row] === row);
  if (shares === undefined)
    return { training: new Int32Array(), validation: new Int32Array(), test: once(order) };
  const [validation, test] = [Math.round(rows * shares.validation), Math.round(rows * shares.test)];
  const training = rows - validation - test;
  // Too few rows for three parts is for the plan to say.
  const [first, second] =
    Math.min(training, validation, test) < 1
      ? [training, training + validation]
      : (cutBetweenGroups(order, groups, [training, training + validation]) as [number, number]);
  return {
    training: order.subarray(0, first),
    validation: once(order.subarray(first, second)),
    test: once(order.subarray(second)),
  };
}
