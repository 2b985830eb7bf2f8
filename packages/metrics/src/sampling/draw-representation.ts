import {
  copiedRows,
  countRepeats,
  cutBetweenGroups,
  type FeatureMatrix,
  firstEqualRows,
  inSixDigits,
  joinCopies,
  orderByGroup,
  type RowGroups,
  selectRows,
} from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { groupExamples } from '../leakage/group-examples';
import type { FixedRepresentation, Representation, RepresentationSampler } from '../representation';
import { checkRepresentation, isSampler } from './check-representation';
import { encodeFactors } from './encode-factors';

export interface DrawRequest {
  /** Examples to learn from, from 1. */
  readonly train: number;
  /** Examples to test on; 0 for a metric that learns nothing. */
  readonly test: number;
  readonly seed: number;
}

export interface DrawnRepresentation {
  readonly train: FixedRepresentation;
  readonly test: FixedRepresentation;
}

/**
 * Examples to measure a metric on. A sampler gives as many as are asked for, all factors uniform and independent. Of
 * fixed arrays every row is used: in their own order if `test` is 0, else dealt out at random (by `seed`) in the ratio
 * `train : test`, at least one row to each; rows that are copies of each other, or of one group, go together.
 *
 * @throws InvalidOptionError for codes that are not finite, factors that are no whole numbers from 0, or fewer rows
 * than there are parts
 * @throws ShapeMismatchError for sizes that contradict each other
 */
export async function drawRepresentation(
  representation: Representation,
  { train, test, seed }: DrawRequest,
): Promise<DrawnRepresentation> {
  checkRepresentation(representation);
  if (!isSampler(representation)) return splitFixed(representation, { train, test, seed });
  const trained = await drawIndependent(representation, train, seed, 'train');
  const tested = test === 0 ? pick(trained, []) : await drawIndependent(representation, test, seed, 'test');
  return { train: trained, test: tested };
}

async function drawIndependent(
  sampler: RepresentationSampler,
  rows: number,
  seed: number,
  part: string,
): Promise<FixedRepresentation> {
  const factors = drawFactors(sampler.factorSizes, rows, seed, part);
  return { codes: await encodeFactors(sampler, factors), factors };
}

function drawFactors(sizes: readonly number[], rows: number, seed: number, part: string): FeatureMatrix {
  const stream = randomStream(seed, 'draw-representation', part);
  const data = new Float64Array(rows * sizes.length);
  for (let index = 0; index < data.length; index++) {
    data[index] = stream.integer(sizes[index % sizes.length] as number);
  }
  return { rows, columns: sizes.length, data };
}

function splitFixed(fixed: FixedRepresentation, { train, test, seed }: DrawRequest): DrawnRepresentation {
  const { rows } = fixed.codes;
  if (test === 0) return { train: fixed, test: pick(fixed, []) };
  if (rows < 2) {
    throw new InvalidOptionError({
      option: 'codes.rows',
      expected: 'two at least, to split',
      received: rows,
    });
  }
  const part = Math.min(rows - 1, Math.max(1, Math.round((rows * train) / (train + test))));
  const groups = groupFixed(fixed);
  const order = orderByGroup(randomStream(seed, 'draw-representation', 'split').permutation(rows), groups);
  const [learnt] = cutBetweenGroups(order, groups, [part]) as [number];
  return { train: pick(fixed, order.subarray(0, learnt)), test: pick(fixed, order.subarray(learnt)) };
}

/**
 * Rows of one group, and rows that are equal in codes and factors, which a metric that learns would have seen before it is
 * tested. Codes that tell no more than the factors come again wherever those do.
 */
function groupFixed({ codes, factors, groups }: FixedRepresentation): RowGroups {
  const levels = (matrix: FeatureMatrix) => matrix.rows - countRepeats(firstEqualRows(matrix));
  const near = inSixDigits(codes);
  if (levels(near) <= levels(factors)) return groupExamples(codes.rows, [], groups);
  return joinCopies(groupExamples(codes.rows, [], groups), copiedRows(near, factors));
}

function pick({ codes, factors }: FixedRepresentation, positions: ArrayLike<number>): FixedRepresentation {
  return { codes: selectRows(codes, positions), factors: selectRows(factors, positions) };
}
