import {
  checkFinite,
  checkMatrix,
  type FeatureMatrix,
  learnPreparation,
  prepare,
} from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import type { PairedSamples } from '../estimator';
import { ascendingOrder } from './distances';

/** How neighbour-based estimators make ready what they look at. */
export interface ContinuousOptions {
  /** Divides each column by its standard deviation, without which the widest column decides who is near. Default true. */
  readonly standardise?: boolean;
  /**
   * The largest share of rows equal to an earlier one. Up to it, all rows of that variable are moved by 10⁻¹⁰ of a
   * standard deviation, since equal rows have no nearest one. Default 0.05.
   */
  readonly maximumDuplicates?: number;
  /** Of that noise. Default 0. */
  readonly seed?: number;
}

export interface ContinuousSamples {
  /** Without columns that do not vary; there may be none left. */
  readonly points: FeatureMatrix;
  /** Rows equal to an earlier one. */
  readonly duplicates: number;
}

/** Small beside any distance between samples, large beside the rounding of numbers near 1. */
const JITTER = 1e-10;

/**
 * Checks, scales and, if rows repeat, jitters samples of a continuous variable.
 *
 * @throws InvalidOptionError if a number is not finite, or more rows repeat than `maximumDuplicates` allows
 */
export function prepareContinuous(
  what: string,
  samples: FeatureMatrix,
  { standardise = true, maximumDuplicates = 0.05, seed = 0 }: ContinuousOptions = {},
): ContinuousSamples {
  checkMatrix(what, samples);
  checkFinite(what, samples);
  const points = prepare(samples, learnPreparation(samples, standardise));
  const duplicates = countDuplicates(samples);
  if (points.columns === 0 || duplicates === 0) return { points, duplicates };
  if (duplicates > maximumDuplicates * samples.rows) {
    throw new InvalidOptionError(
      {
        option: what,
        expected: `continuous, with at most ${100 * maximumDuplicates} % of its rows equal to an earlier one`,
        received: `${duplicates} equal ones of ${samples.rows}`,
      },
      {
        hint: 'Where values repeat, a variable is discrete: take ross() for features and a label, discretePlugIn() for two discrete variables. A larger maximumDuplicates adds noise of 1e-10 standard deviations to all rows instead.',
      },
    );
  }
  const { scale } = learnPreparation(points, true);
  const random = randomStream(seed, 'jitter', what);
  const data = points.data.map((value, index) => {
    return value + (JITTER * random.normal()) / (scale[index % points.columns] as number);
  }) as Float64Array;
  return { points: { ...points, data }, duplicates };
}

/** How many rows are equal to an earlier one. */
export function countDuplicates({ columns, data }: FeatureMatrix): number {
  const first = columns === 1 ? data : data.filter((_, index) => index % columns === 0);
  const order = ascendingOrder(first);
  if (columns === 1) {
    return order.subarray(1).reduce((count, row, before) => {
      return count + Number(data[row] === data[order[before] as number]);
    }, 0);
  }
  let duplicates = 0;
  // Among rows whose first column is equal, equal rows are found by their text.
  for (let start = 0, end = 0; start < order.length; start = end) {
    const value = first[order[start] as number];
    while (end < order.length && first[order[end] as number] === value) end++;
    if (end - start === 1) continue;
    const rows = Array.from(order.subarray(start, end), (row) => {
      return data.subarray(row * columns, (row + 1) * columns).join();
    });
    duplicates += rows.length - new Set(rows).size;
  }
  return duplicates;
}

/** @throws ShapeMismatchError unless x and y hold one row per pair, and each has a column */
export function checkPairs({ x, y }: PairedSamples): void {
  checkMatrix('x', x);
  checkMatrix('y', y);
  if (x.rows !== y.rows) {
    throw new ShapeMismatchError({
      what: 'y',
      expected: [x.rows, y.columns],
      received: [y.rows, y.columns],
    });
  }
  for (const [option, { rows, columns }] of Object.entries({ x, y })) {
    if (rows > 0 && columns > 0) continue;
    throw new InvalidOptionError({
      option,
      expected: 'a matrix of at least one row and one column',
      received: `${rows} × ${columns}`,
    });
  }
}
