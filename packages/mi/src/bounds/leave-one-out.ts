import { logSumExp, type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { CriticEstimator } from '../estimator';
import { diagonalMean, withoutDiagonal } from '../numerics/off-diagonal';
import { checkScores } from './check-scores';

/**
 * Leave-one-out, an upper bound in nats from log-likelihoods `ℓ[i,j] = log p(y_j|x_i)` `[batch, batch]` of the true
 * conditional, such as that of a stochastic encoder x → y:
 *
 * `I(x; y) ≤ (1/B) Σ_j [ ℓ_jj − log( 1/(B−1) Σ_{i≠j} exp ℓ_ij ) ]`.
 *
 * The other x of a batch make the marginal p(y), which is good while there are enough of them: at 6 nats a batch of 64
 * reads 7.8. With a learned conditional it may lie below I(x; y). Leaving the j-th in makes it InfoNCE, a lower bound.
 * The surrogate is the value itself, to be minimised by what makes x and y; `criticSurrogate` is the mean
 * log-likelihood of the pairs.
 *
 * `value` and `surrogate` throw ShapeMismatchError for scores that are not square, InvalidOptionError for a batch
 * of 1.
 *
 * Source: Poole et al., arXiv 1905.06922.
 *
 * @example
 * const nats = leaveOneOut().value(conditional.scores(x, y));
 */
export function leaveOneOut(): CriticEstimator {
  const value = (logLikelihoods: Tensor2D): Scalar => {
    const batch = checkScores(logLikelihoods);
    return tidy(() => {
      const marginal = logSumExp(withoutDiagonal(logLikelihoods), 0).mean();
      return diagonalMean(logLikelihoods)
        .sub(marginal)
        .add(Math.log(batch - 1)) as Scalar;
    });
  };
  return {
    name: 'leaveOneOut',
    direction: 'upper',
    requires: 'log-likelihoods',
    value,
    surrogate: value,
    criticSurrogate: diagonalMean,
  };
}
