import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { Matrix } from 'ml-matrix';
import type { Metric } from '../metric';
import { drawCodes } from './examples';
import { covarianceOf, varyingCodes } from './varying-codes';

/** What is left of a variance that other codes explain entirely, as a share of it, is rounding up to here. */
const ROUNDING = 1e-13;

/**
 * Total correlation of a Gaussian, in nats: `½ [Σ_d ln Σ_dd − ln det Σ]`. `Infinity` if the matrix is singular.
 *
 * @param covariance symmetric, `[codes, codes]`, as rows
 * @throws ShapeMismatchError unless it is square
 * @throws InvalidOptionError for a variance that is not above 0, or if it is no covariance matrix
 * @example
 * totalCorrelationOf([[1, 0.9], [0.9, 1]]); // −½ ln(1 − 0.81)
 */
export function totalCorrelationOf(covariance: readonly (readonly number[])[]): number {
  const correlation = correlationOf(covariance);
  const size = correlation.rows;
  // Cholesky's pivots: what is left of each code's variance, as a share, when those before it are known.
  const lower = Matrix.zeros(size, size);
  let nats = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = correlation.get(row, column);
      for (let k = 0; k < column; k++) rest -= lower.get(row, k) * lower.get(column, k);
      if (column < row) {
        lower.set(row, column, rest / lower.get(column, column));
        continue;
      }
      if (!(rest >= -1e-9)) {
        throw new InvalidOptionError({
          option: 'covariance',
          expected: 'positive semi-definite',
          received: covariance,
        });
      }
      if (rest <= ROUNDING * size) return Number.POSITIVE_INFINITY;
      nats -= Math.log(rest) / 2;
      lower.set(row, row, Math.sqrt(rest));
    }
  }
  return Math.max(0, nats);
}

function correlationOf(covariance: readonly (readonly number[])[]): Matrix {
  const size = covariance.length;
  const deviations = covariance.map((row, index) => {
    if (row.length !== size) {
      throw new ShapeMismatchError({
        what: `covariance[${index}]`,
        expected: [size],
        received: [row.length],
      });
    }
    const variance = row[index] as number;
    if (variance > 0 && Number.isFinite(variance)) return Math.sqrt(variance);
    throw new InvalidOptionError(
      { option: `covariance[${index}][${index}]`, expected: 'a number above 0', received: variance },
      { hint: 'Leave constant codes out.' },
    );
  });
  const correlation = new Matrix(size, size);
  for (const [row, values] of covariance.entries()) {
    for (const [column, value] of values.entries()) {
      correlation.set(
        row,
        column,
        row === column ? 1 : value / (deviations[row] as number) / (deviations[column] as number),
      );
    }
  }
  return correlation;
}

/**
 * Total correlation of codes as if they were Gaussian, `½ [Σ_d ln Σ_dd − ln det Σ]` with their covariance Σ, in nats: 0
 * for codes without correlation, more the more they share. Does not look at factors, and does not see dependence beyond
 * correlation. Does not change with the scale of codes.
 *
 * `Infinity`, with a note, if a code is a linear function of others, a copy for instance. Constant codes are left out,
 * with a note. A sampler is asked for 10,000 examples.
 *
 * Source: Locatello et al., "Challenging Common Assumptions in the Unsupervised Learning of Disentangled
 * Representations" (arXiv 1811.12359).
 *
 * @throws InvalidOptionError when measured on fewer than two examples
 * @example
 * const { value } = await gaussianTotalCorrelation().measure({ codes, factors });
 */
export function gaussianTotalCorrelation(): Metric {
  const name = 'gaussian-total-correlation';
  return {
    name,
    range: [0, Number.POSITIVE_INFINITY],
    better: 'low',
    needsFactors: false,
    async measure(representation, run) {
      const { columns, positions, notes } = varyingCodes(await drawCodes(name, representation, run));
      const value = totalCorrelationOf(covarianceOf(columns).to2DArray());
      const copies = 'Infinite: a code is a copy or a linear function of others.';
      return {
        metric: name,
        value,
        details: {
          unit: 'nats',
          codes: positions,
          notes: value === Number.POSITIVE_INFINITY ? [...notes, copies] : notes,
        },
      };
    },
  };
}
