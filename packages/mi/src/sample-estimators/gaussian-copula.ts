import {
  checkFinite,
  columnOf,
  type FeatureMatrix,
  integerAt,
  learnPreparation,
  numberAt,
  prepare,
} from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { PairedSamples, SampleEstimator } from '../estimator';
import { choleskyFactor, diagonalBlock, logDeterminant } from '../special-functions/cholesky';
import { digamma } from '../special-functions/gamma-functions';
import { normalQuantile } from '../special-functions/normal-distribution';
import { checkPairs } from './continuous-samples';
import { checkDigits } from './scale-columns';

export interface GaussianCopulaOptions {
  /** Subtracts the exact bias that the estimate has for Gaussian variables. Default true. */
  readonly correctBias?: boolean;
}

/**
 * The information that a Gaussian copula with the correlations of the data has, in nats: each column's ranks become
 * normal scores `Φ⁻¹(rank / (N + 1))`, and of their correlations R it is
 * `½ [log det R_xx + log det R_yy − log det R]` (Ince et al., Human Brain Mapping 38, 2017).
 *
 * It is blind to any other dependence, but quick, and exact for Gaussian variables under monotone maps of columns. For one
 * column each it is, in the limit of many samples, at most the true information, since of all densities with normal
 * margins and this correlation the Gaussian one has the least. With more columns that holds only if the scores are
 * jointly Gaussian within x and within y, so no direction is claimed.
 *
 * `value` throws a ShapeMismatchError for x and y of different lengths, and an InvalidOptionError unless numbers are
 * finite, there are more rows than columns of x and y plus one, and no column's scores are a linear function of others'.
 *
 * @example
 * gaussianCopula().value({ x: featureMatrix(heights), y: featureMatrix(weights) });
 */
export function gaussianCopula({ correctBias = true }: GaussianCopulaOptions = {}): SampleEstimator {
  return {
    name: 'gaussianCopula',
    direction: 'neither',
    requires: 'samples',
    value(samples: PairedSamples): number {
      checkPairs(samples);
      checkFinite('x', samples.x);
      checkFinite('y', samples.y);
      checkDigits('x', samples.x);
      checkDigits('y', samples.y);
      const [x, y] = [normalScores(samples.x), normalScores(samples.y)];
      if (x.columns === 0 || y.columns === 0) return 0;
      const columns = x.columns + y.columns;
      if (x.rows <= columns + 1) {
        throw new InvalidOptionError({
          option: 'rows of x and y',
          expected: `more than ${columns + 1}, one more than their columns`,
          received: x.rows,
        });
      }
      const matrix = correlations(x, y);
      const blocks = [diagonalBlock(matrix, columns, 0, x.columns)];
      blocks.push(diagonalBlock(matrix, columns, x.columns, columns));
      const [ofX, ofY] = blocks.map((block, index) => {
        return logDet(block, index === 0 ? x.columns : y.columns, index === 0 ? 'x' : 'y');
      }) as [number, number];
      const nats = (ofX + ofY - logDet(matrix, columns, 'x and y')) / 2;
      return correctBias ? nats - gaussianBias(x.rows, x.columns, y.columns) : nats;
    },
  };
}

/** What rounding in sums over many rows may make of a correlation of 1; ranks give none so close to it by chance. */
const ROUNDING = 1e-10;

/** Normal scores of each column that varies, `[rows, columns]`; equal values share the mean of their ranks. */
function normalScores(samples: FeatureMatrix): FeatureMatrix {
  // Of the values themselves: taking a mean from them could make small ones equal.
  const { kept } = learnPreparation(samples, false);
  const { rows } = samples;
  const columns = kept.length;
  const scores = new Float64Array(rows * columns);
  const order = new Int32Array(rows);
  for (let column = 0; column < columns; column++) {
    const values = columnOf(samples, integerAt(kept, column));
    for (let row = 0; row < rows; row++) order[row] = row;
    order.sort((a, b) => numberAt(values, a) - numberAt(values, b));
    for (let start = 0, end = 0; start < rows; start = end) {
      while (end < rows && values[integerAt(order, end)] === values[integerAt(order, start)]) end++;
      const score = normalQuantile((start + end + 1) / 2 / (rows + 1));
      for (const row of order.subarray(start, end)) scores[row * columns + column] = score;
    }
  }
  return { rows, columns, data: scores };
}

/** Correlations of the columns of x and then y, `[columns, columns]`. */
function correlations(x: FeatureMatrix, y: FeatureMatrix): Float64Array {
  const columns = x.columns + y.columns;
  const sums = new Float64Array(columns * columns);
  // Scores of distinct values have the mean 0; ties may move it.
  const standard = [x, y].map((scores) => prepare(scores, learnPreparation(scores, true)).data);
  const [xs, ys] = standard as [Float64Array, Float64Array];
  const both = new Float64Array(columns);
  for (let row = 0; row < x.rows; row++) {
    both.set(xs.subarray(row * x.columns, (row + 1) * x.columns));
    both.set(ys.subarray(row * y.columns, (row + 1) * y.columns), x.columns);
    for (let i = 0; i < columns; i++) {
      const left = numberAt(both, i);
      for (let j = 0; j <= i; j++)
        sums[i * columns + j] = numberAt(sums, i * columns + j) + left * numberAt(both, j);
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j <= i; j++) {
      const correlation = i === j ? 1 : numberAt(sums, i * columns + j) / x.rows;
      sums[i * columns + j] = correlation;
      sums[j * columns + i] = correlation;
    }
  }
  return sums;
}

function logDet(matrix: Float64Array, size: number, what: string): number {
  const factor = choleskyFactor(matrix, size, ROUNDING);
  if (factor !== undefined) return logDeterminant(factor, size);
  throw new InvalidOptionError(
    {
      option: `columns of ${what}`,
      expected: 'such that no normal score is a linear function of the others',
      received: `${size} columns with a singular correlation matrix`,
    },
    {
      hint: 'Leave out columns that repeat others. A copy between x and y has no finite information.',
    },
  );
}

/** What `½ [log det R_xx + log det R_yy − log det R]` reads too high for Gaussian samples, from the Wishart distribution. */
function gaussianBias(rows: number, xColumns: number, yColumns: number): number {
  const term = (columns: number) => {
    let sum = 0;
    for (let column = 1; column <= columns; column++) sum += digamma((rows - column) / 2);
    return sum;
  };
  return (term(xColumns) + term(yColumns) - term(xColumns + yColumns)) / 2;
}
