import { type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { CriticEstimator } from '../estimator';
import { diagonalMean, offDiagonalMean } from '../numerics/off-diagonal';
import { checkScores } from './check-scores';

export interface ClubOptions {
  /**
   * Which pairs stand for independent ones: `'all'` B² of a batch, as in the paper and its code, or the B(B−1)
   * `'off-diagonal'` ones, which are; the first is `(B−1)/B` times the second. Default `'all'`.
   */
  pairs?: 'all' | 'off-diagonal';
}

/**
 * CLUB, an upper bound in nats from log-likelihoods `ℓ[i,j] = log p(y_j|x_i)` `[batch, batch]` of the true conditional:
 *
 * `I(x; y) ≤ (1/B) Σ_i ℓ_ii − (1/B²) Σ_ij ℓ_ij`.
 *
 * Far from tight: for d correlations ρ of Gaussians it is `d ρ²/(1 − ρ²)`, 9.8 where 4 nats are true. Good as something
 * to minimise, bad as a meter; where the conditional is learned, `vClub()` says what remains true. The surrogate is the
 * value itself, to be minimised by what makes x and y; `criticSurrogate` is the mean log-likelihood of the pairs.
 *
 * `value` and `surrogate` throw ShapeMismatchError for scores that are not square, InvalidOptionError for a batch
 * of 1.
 *
 * Source: Cheng et al., arXiv 2006.12013.
 *
 * @example
 * const nats = club().value(conditional.scores(x, y));
 */
export function club({ pairs = 'all' }: ClubOptions = {}): CriticEstimator {
  const value = (logLikelihoods: Tensor2D): Scalar => {
    checkScores(logLikelihoods);
    return tidy(() => {
      const marginal = pairs === 'all' ? logLikelihoods.mean(1).mean() : offDiagonalMean(logLikelihoods);
      return diagonalMean(logLikelihoods).sub(marginal) as Scalar;
    });
  };
  return {
    name: 'club',
    direction: 'upper',
    requires: 'log-likelihoods',
    value,
    surrogate: value,
    criticSurrogate: diagonalMean,
  };
}
