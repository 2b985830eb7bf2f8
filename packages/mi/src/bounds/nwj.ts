import { type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { CriticEstimator } from '../estimator';
import { cappedExp } from '../numerics/capped-exp';
import { diagonalMean, offDiagonalLogMeanExp } from '../numerics/off-diagonal';
import { checkScores } from './check-scores';

/**
 * Nguyen–Wainwright–Jordan, also f-GAN's KL and MINE-f, a lower bound in nats from scores `[batch, batch]`:
 *
 * `I(x; y) ≥ (1/B) Σ_i f(x_i, y_i) − (1/e) · 1/(B(B−1)) Σ_{i≠j} exp f(x_i, y_j)`.
 *
 * Unbiased in value and gradient, a lower bound in expectation even for a batch; its variance grows exponentially with
 * the information. The best critic is `1 + log p(x, y)/(p(x) p(y))`; a constant added to it changes the value, and the
 * best constant gives Donsker–Varadhan. The surrogate is the value itself.
 *
 * `value` and `surrogate` throw ShapeMismatchError for scores that are not square, InvalidOptionError for a batch of
 * 1. The mean of exponentials is capped at exp 80.
 *
 * Source: Nguyen, Wainwright, Jordan, arXiv 0809.0853; Nowozin et al., arXiv 1606.00709.
 *
 * @example
 * const nats = nwj().value(critic.scores(x, y));
 */
export function nwj(): CriticEstimator {
  const value = (scores: Tensor2D): Scalar => {
    checkScores(scores);
    return tidy(() => {
      const marginal = cappedExp(offDiagonalLogMeanExp(scores).sub(1));
      return diagonalMean(scores).sub(marginal) as Scalar;
    });
  };
  return { name: 'nwj', direction: 'lower', requires: 'scores', value, surrogate: value };
}
