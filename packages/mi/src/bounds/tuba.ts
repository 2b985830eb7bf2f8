import { type Scalar, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { Baseline } from '../baseline';
import type { CriticEstimator } from '../estimator';
import { cappedExp } from '../numerics/capped-exp';
import { diagonalMean, offDiagonalLogMeanExp } from '../numerics/off-diagonal';
import { checkLogBaseline } from './check-log-baseline';
import { checkScores } from './check-scores';

export interface TubaOptions {
  /** Trained together with the critic, such as `learnedBaseline()`. Without one a = e, which makes it `nwj()`. */
  baseline?: Baseline;
}

/**
 * TUBA, a lower bound in nats from scores `[batch, batch]` and a positive baseline a(y):
 *
 * `I(x; y) ≥ 1 + (1/B) Σ_i [f(x_i, y_i) − log a(y_i)] − 1/(B(B−1)) Σ_{i≠j} exp f(x_i, y_j) / a(y_j)`.
 *
 * Unbiased in value and gradient, a lower bound in expectation even for a batch; its variance grows exponentially with
 * the information. The best baseline is `a(y) = E_x exp f(x, y)`. The surrogate is the value itself.
 *
 * `value` and `surrogate` take `log a(y_j)` `[batch]` as second argument. They throw ShapeMismatchError for scores
 * that are not square or a baseline of another length, InvalidOptionError for a batch of 1. The mean of exponentials
 * is capped at exp 80.
 *
 * Source: Poole et al., arXiv 1905.06922.
 *
 * @example
 * const nats = tuba().value(critic.scores(x, y), baseline.logBaseline(y));
 */
export function tuba({ baseline }: TubaOptions = {}): CriticEstimator {
  const value = (scores: Tensor2D, logBaseline?: Tensor1D): Scalar => {
    const batch = checkScores(scores);
    return tidy(() => {
      const relative = scores.sub(checkLogBaseline(batch, logBaseline)) as Tensor2D;
      const marginal = cappedExp(offDiagonalLogMeanExp(relative));
      return diagonalMean(relative).add(1).sub(marginal) as Scalar;
    });
  };
  return {
    name: 'tuba',
    direction: 'lower',
    requires: 'scores',
    value,
    surrogate: value,
    ...(baseline && { baseline }),
  };
}
