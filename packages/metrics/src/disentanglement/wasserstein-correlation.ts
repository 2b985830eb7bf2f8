import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Metric } from '../metric';
import { drawCodes } from './examples';
import { covarianceOf, varyingCodes } from './varying-codes';

export interface WassersteinCorrelationOptions {
  /** Whether to divide by the sum of variances, so that the scale of codes does not matter. Default false. */
  normalised?: boolean;
}

/**
 * Squared 2-Wasserstein distance between two Gaussians with mean 0, one with covariance Σ and one with its diagonal `Δ`:
 * `2 tr Σ − 2 tr (Δ^½ Σ Δ^½)^½`. At least 0.
 *
 * @param covariance symmetric and positive semi-definite, `[codes, codes]`, as rows
 * @throws ShapeMismatchError unless it is square
 * @throws InvalidOptionError for a number that is not finite
 */
export function wassersteinCorrelationOf(covariance: readonly (readonly number[])[]): number {
  const size = covariance.length;
  const product = new Matrix(size, size);
  let trace = 0;
  for (const [row, values] of covariance.entries()) {
    if (values.length !== size) {
      throw new ShapeMismatchError({
        what: `covariance[${row}]`,
        expected: [size],
        received: [values.length],
      });
    }
    trace += values[row] as number;
    for (const [column, value] of values.entries()) {
      if (!Number.isFinite(value)) {
        const option = `covariance[${row}][${column}]`;
        throw new InvalidOptionError({ option, expected: 'a finite number', received: value });
      }
      const other = (covariance[column] as readonly number[])[column] as number;
      product.set(row, column, value * Math.sqrt(values[row] as number) * Math.sqrt(other));
    }
  }
  if (size === 0) return 0;
  // Δ^½ Σ Δ^½ has the eigenvalues of ΔΣ, but is symmetric, so that all of them are real.
  const { realEigenvalues } = new EigenvalueDecomposition(product, { assumeSymmetric: true });
  // What rounding leaves of a zero eigenvalue has a root that is far larger.
  const negligible = size * Number.EPSILON * Math.max(...realEigenvalues);
  const root = realEigenvalues.reduce((sum, value) => sum + (value > negligible ? Math.sqrt(value) : 0), 0);
  return Math.max(0, 2 * (trace - root));
}

/**
 * How far codes are from being uncorrelated: the squared 2-Wasserstein distance `2 tr Σ − 2 tr (Δ^½ Σ Δ^½)^½` between
 * Gaussians with their covariance Σ and with its diagonal Δ. 0 without correlation; finite for duplicated codes, other
 * than total correlation. In squared units of codes; with `normalised`, under the name
 * `wasserstein-correlation-normalised`, divided by `tr Σ`, in [0, 2].
 *
 * Does not look at factors. Constant codes are left out, with a note. A sampler is asked for 10,000 examples.
 *
 * Source: Locatello et al. (arXiv 1811.12359), as in disentanglement_lib.
 *
 * @throws InvalidOptionError when measured on fewer than two examples
 * @example
 * const { value } = await wassersteinCorrelation({ normalised: true }).measure({ codes, factors });
 */
export function wassersteinCorrelation({ normalised = false }: WassersteinCorrelationOptions = {}): Metric {
  const name = normalised ? 'wasserstein-correlation-normalised' : 'wasserstein-correlation';
  return {
    name,
    range: [0, normalised ? 2 : Number.POSITIVE_INFINITY],
    better: 'low',
    needsFactors: false,
    async measure(representation, run) {
      const { columns, positions, notes } = varyingCodes(await drawCodes(name, representation, run));
      const covariance = covarianceOf(columns);
      const distance = wassersteinCorrelationOf(covariance.to2DArray());
      const total = covariance.trace();
      const value = normalised && total > 0 ? distance / total : distance;
      return { metric: name, value, details: { codes: positions, totalVariance: total, notes } };
    },
  };
}
