import { InvalidOptionError } from '@factornet/spec';
import { type Scalar, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { Baseline } from '../baseline';
import type { CriticEstimator } from '../estimator';
import { cappedExp } from '../numerics/capped-exp';
import { leaveOneOutLogSumExp } from '../numerics/leave-one-out';
import { logAddExp } from '../numerics/log-add-exp';
import { diagonal, diagonalMean, offDiagonalLogMeanExp, offDiagonalMean } from '../numerics/off-diagonal';
import { checkLogBaseline } from './check-log-baseline';
import { checkScores } from './check-scores';
import { tuba } from './tuba';

export interface InterpolatedOptions {
  /** From 0, TUBA, to 1, InfoNCE. Useful values are 0.01 to 0.1. */
  alpha: number;
  /** q(y) of the formula, trained together with the critic, such as `learnedBaseline()`. Without one q = e. */
  baseline?: Baseline;
}

/**
 * The bound between InfoNCE (low variance, capped) and TUBA (no bias, high variance), in nats from scores
 * `[batch, batch]` and a positive baseline q(y). With `n = B(B−1)` and
 *
 * `a(y_j; k) = α/(B−1) Σ_{l≠k} exp f(x_l, y_j) + (1 − α) q(y_j)`:
 *
 * `I(x; y) ≥ 1 + 1/n Σ_j Σ_{k≠j} [f(x_j, y_j) − log a(y_j; k)] − 1/n Σ_j Σ_{i≠j} exp f(x_i, y_j) / a(y_j; j)`.
 *
 * At α = 1 it is InfoNCE of B − 1 pairs, at most `log(B − 1)`; below, a batch yields at most
 * `1 + log((B − 1)/α)`. At α = 0 it is `tuba()`, and without a baseline `nwj()`. The surrogate is the value itself.
 *
 * `value` and `surrogate` take `log q(y_j)` `[batch]` as second argument. They throw ShapeMismatchError for scores
 * that are not square or a baseline of another length, InvalidOptionError for a batch of 1.
 *
 * @throws InvalidOptionError if `alpha` is not in [0, 1]
 *
 * Source: Poole et al., arXiv 1905.06922.
 *
 * @example
 * const nats = interpolated({ alpha: 0.05 }).value(critic.scores(x, y));
 */
export function interpolated({ alpha, baseline }: InterpolatedOptions): CriticEstimator {
  if (!(alpha >= 0 && alpha <= 1)) {
    throw new InvalidOptionError({ option: 'alpha', expected: 'a number from 0 to 1', received: alpha });
  }
  const value = (scores: Tensor2D, logBaseline?: Tensor1D): Scalar => {
    const batch = checkScores(scores);
    return tidy(() => {
      // Row k, column j: log a(y_j; k).
      const leaveOneOut = leaveOneOutLogSumExp(scores).add(Math.log(alpha / (batch - 1))) as Tensor2D;
      const logQ = checkLogBaseline(batch, logBaseline);
      const logA: Tensor2D = alpha === 1 ? leaveOneOut : logAddExp(leaveOneOut, logQ.add(Math.log1p(-alpha)));
      const joint = diagonalMean(scores).sub(offDiagonalMean(logA));
      const marginal = cappedExp(offDiagonalLogMeanExp(scores.sub(diagonal(logA))));
      return joint.add(1).sub(marginal) as Scalar;
    });
  };
  const evaluate = alpha === 0 ? tuba().value : value;
  return {
    name: 'interpolated',
    direction: 'lower',
    requires: 'scores',
    value: evaluate,
    surrogate: evaluate,
    ...(baseline && { baseline }),
    ...(alpha > 0 && {
      cap: (batch: number) => (alpha === 1 ? Math.log(batch - 1) : 1 + Math.log((batch - 1) / alpha)),
    }),
  };
}
