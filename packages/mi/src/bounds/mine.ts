import { InvalidOptionError } from '@factornet/spec';
import { type Scalar, scalar, type Tensor2D, tidy, variable, where } from '@tensorflow/tfjs';
import type { CriticEstimator } from '../estimator';
import { logAddExp } from '../numerics/log-add-exp';
import { diagonalMean, NEVER, offDiagonalLogMeanExp } from '../numerics/off-diagonal';
import { stopGradient } from '../numerics/stop-gradient';
import { checkScores } from './check-scores';
import { donskerVaradhan } from './donsker-varadhan';

export interface MineOptions {
  /** Share of the newest batch in the moving average of the normaliser, from above 0 to 1. Default 0.01. */
  rate?: number;
  /**
   * λ: `λ·L²` is taken from the surrogate, which holds scores in place that may otherwise all drift together. Default
   * 0; ReMINE takes 0.1.
   */
  driftPenalty?: number;
}

/**
 * MINE: Donsker–Varadhan with the bias of its gradient corrected by a moving average, from scores `[batch, batch]`.
 *
 * With `D = (1/B) Σ_i f(x_i, y_i)` and `L = log[ 1/(B(B−1)) Σ_{i≠j} exp f(x_i, y_j) ]`, the value is `D − L` nats, as
 * of `donskerVaradhan()`, biased upwards within a batch as that is. The surrogate is
 *
 * `D − exp(L − logEma) − λ·L²`, with `logEma ← log[ rate·exp L + (1 − rate)·exp logEma ]`, a constant to the gradient.
 *
 * `start()` keeps the average, one per training run. `surrogate` without a state is the first step, where
 * `logEma = L`; its gradient is that of `donskerVaradhan()`.
 *
 * `value` and the surrogates throw ShapeMismatchError for scores that are not square, InvalidOptionError for a batch
 * of 1.
 *
 * @throws InvalidOptionError if `rate` is not in (0, 1] or `driftPenalty` is negative
 *
 * Source: Belghazi et al., arXiv 1801.04062; drift penalty: Choi, Lee, arXiv 2011.07932.
 *
 * @example
 * const running = mine().start?.();
 * optimizer.minimize(() => running.surrogate(critic.scores(x, y)).neg());
 */
export function mine({ rate = 0.01, driftPenalty = 0 }: MineOptions = {}): CriticEstimator {
  if (!(rate > 0 && rate <= 1)) {
    throw new InvalidOptionError({ option: 'rate', expected: 'a number above 0, up to 1', received: rate });
  }
  if (!(driftPenalty >= 0)) {
    throw new InvalidOptionError({
      option: 'driftPenalty',
      expected: 'a number of at least 0',
      received: driftPenalty,
    });
  }
  /** `average` is asked for the normaliser, given this batch's. */
  const surrogate = (scores: Tensor2D, average: (logMean: Scalar) => Scalar): Scalar => {
    checkScores(scores);
    return tidy(() => {
      const logMean = offDiagonalLogMeanExp(scores);
      const corrected = diagonalMean(scores).sub(logMean.sub(stopGradient(average, logMean)).exp());
      return (driftPenalty === 0 ? corrected : corrected.sub(logMean.square().mul(driftPenalty))) as Scalar;
    });
  };
  return {
    name: 'mine',
    direction: 'lower',
    requires: 'scores',
    value: donskerVaradhan().value,
    surrogate: (scores) => surrogate(scores, (logMean) => logMean),
    start() {
      const logAverage = tidy(() => variable(scalar(NEVER), false));
      return {
        surrogate: (scores) =>
          surrogate(scores, (logMean) => {
            const moved = logAddExp(logMean.add(Math.log(rate)), logAverage.add(Math.log1p(-rate)));
            // Decided by a tensor, so that the variable is all there is to remember.
            const next = where(logAverage.greater(NEVER / 2), moved, logMean) as Scalar;
            logAverage.assign(next);
            return next;
          }),
        state: [logAverage],
        dispose: () => logAverage.dispose(),
      };
    },
  };
}
