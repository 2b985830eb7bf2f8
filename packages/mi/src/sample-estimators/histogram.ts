import {
  checkFinite,
  columnsOf,
  type FeatureMatrix,
  learnPreparation,
  numberAt,
} from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { PairedSamples, SampleEstimator } from '../estimator';
import { checkPairs } from './continuous-samples';
import { measureCounts } from './measure-counts';
import { checkDigits } from './scale-columns';

export interface HistogramOptions {
  /** Per dimension. Default 5. */
  readonly bins?: number;
}

/** With more, nearly every row has a cell of its own at any number of samples that fits in memory. */
const MOST_DIMENSIONS = 3;

/**
 * The plug-in estimate over equal-width bins, from the smallest to the largest value of each dimension, in nats.
 *
 * Bins lose information, and few rows per cell add about `(cells_x − 1)(cells_y − 1) / 2N`: the two errors have
 * opposite signs, and no number of bins makes both small. It is here to be compared with. Bins follow each dimension's
 * range, so its scale does not matter; a dimension that does not vary is one bin.
 *
 * `value` throws a ShapeMismatchError for x and y of different lengths, and an InvalidOptionError for more than three
 * dimensions of x and y together, a number that is not finite, or a column whose digits or whose outliers leave most rows in
 * one bin.
 *
 * @throws InvalidOptionError unless `bins` is a whole number from 2
 *
 * @example
 * histogram({ bins: 8 }).value({ x: featureMatrix(heights), y: featureMatrix(weights) });
 */
export function histogram({ bins = 5 }: HistogramOptions = {}): SampleEstimator {
  if (!Number.isInteger(bins) || bins < 2) {
    throw new InvalidOptionError({ option: 'bins', expected: 'a whole number from 2', received: bins });
  }
  const measure = (samples: PairedSamples) => {
    checkPairs(samples);
    const { x, y } = samples;
    if (x.columns + y.columns > MOST_DIMENSIONS) {
      throw new InvalidOptionError(
        {
          option: 'dimensions of x and y together',
          expected: `at most ${MOST_DIMENSIONS} for a histogram`,
          received: x.columns + y.columns,
        },
        { hint: 'ksg() reads more dimensions.' },
      );
    }
    checkFinite('x', x);
    checkFinite('y', y);
    for (const [what, matrix] of Object.entries({ x, y })) {
      checkDigits(what, matrix);
      // Refuses values so far out that all others share a bin.
      learnPreparation(matrix, true);
    }
    return measureCounts(cells(x, bins), cells(y, bins), false);
  };
  return {
    name: 'histogram',
    direction: 'neither',
    requires: 'samples',
    measure,
    value: (samples) => measure(samples).value,
    // Of three dimensions, one variable has one.
    cap: (size) => Math.log(Math.min(size, bins)),
  };
}

/** The cell of each row: its bins as digits of one number. */
function cells(samples: FeatureMatrix, bins: number): Float64Array {
  const cell = new Float64Array(samples.rows);
  for (const values of columnsOf(samples)) {
    const least = values.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
    const most = values.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
    const width = most - least;
    for (const [row, value] of values.entries()) {
      const share = width === 0 ? 0 : (value - least) / width;
      cell[row] = numberAt(cell, row) * bins + Math.min(bins - 1, Math.floor(share * bins));
    }
  }
  return cell;
}
