import {
  checkFinite,
  checkMatrix,
  countRepeats,
  type FeatureMatrix,
  firstEqualRows,
} from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import type { PairedSamples } from '../estimator';
import { scaleColumns } from './scale-columns';

/** How neighbour-based estimators make ready what they look at. */
export interface ContinuousOptions {
  /**
   * Divides each column by its standard deviation, without which the widest column decides who is near. Default true. Where
   * a few values make that 10,000 times as large as the spread of the middle half of the rows, by the latter.
   */
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
 * @throws InvalidOptionError if a number is not finite, a column has too few digits, or more rows repeat than
 * `maximumDuplicates` allows
 */
export function prepareContinuous(
  what: string,
  samples: FeatureMatrix,
  { standardise = true, maximumDuplicates = 0.05, seed = 0 }: ContinuousOptions = {},
): ContinuousSamples {
  if (!(maximumDuplicates >= 0 && maximumDuplicates <= 1)) {
    throw new InvalidOptionError({
      option: 'maximumDuplicates',
      expected: 'a share of the rows, from 0 to 1',
      received: maximumDuplicates,
    });
  }
  checkMatrix(what, samples);
  checkFinite(what, samples);
  const { points, spreads } = scaleColumns(what, samples, standardise);
  const duplicates = countRepeats(firstEqualRows(samples));
  if (points.columns === 0 || duplicates === 0) return { points, duplicates };
  if (duplicates > maximumDuplicates * samples.rows) {
    throw new InvalidOptionError(
      {
        option: what,
        expected: `continuous, with at most ${100 * maximumDuplicates} % of its rows equal to an earlier one`,
        received: `${duplicates} equal ones of ${samples.rows}`,
      },
      {
        hint: 'Where values repeat, a variable is discrete: take ross() for features and a label, discretePlugIn() (plug-in) for two discrete variables. If rows were copied, take each once; if digits were lost to rounding, take the numbers before it. A larger maximumDuplicates (ksg:maximum-duplicates=0.2 on the command line) adds noise of 1e-10 standard deviations to all rows instead.',
      },
    );
  }
  const random = randomStream(seed, 'jitter', what);
  const data = points.data.map((value, index) => {
    return value + JITTER * random.normal() * (spreads[index % points.columns] as number);
  }) as Float64Array;
  return { points: { ...points, data }, duplicates };
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
