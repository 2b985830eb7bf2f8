import { checkFinite, type FeatureMatrix, learnPreparation } from '@factornet/core/samples';
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
function cells({ rows, columns, data }: FeatureMatrix, bins: number): Float64Array {
  const cell = new Float64Array(rows);
  for (let column = 0; column < columns; column++) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let index = column; index < data.length; index += columns) {
      least = Math.min(least, data[index] as number);
      most = Math.max(most, data[index] as number);
    }
    const width = most - least;
    for (let row = 0; row < rows; row++) {
      const share = width === 0 ? 0 : ((data[row * columns + column] as number) - least) / width;
      cell[row] = (cell[row] as number) * bins + Math.min(bins - 1, Math.floor(share * bins));
    }
  }
  return cell;
}
