import { type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { CriticEstimator } from '../estimator';
import { diagonalMean, offDiagonalLogMeanExp } from '../numerics/off-diagonal';
import { checkScores } from './check-scores';

/**
 * Donsker–Varadhan, a lower bound in nats from scores `[batch, batch]`:
 *
 * `I(x; y) ≥ (1/B) Σ_i f(x_i, y_i) − log[ 1/(B(B−1)) Σ_{i≠j} exp f(x_i, y_j) ]`.
 *
 * A lower bound for the population; the value of one batch is biased upwards (`E log mean ≤ log E mean`) and
 * its variance grows with the information. Unchanged by `f + c`. A critic with `|f| ≤ M` cannot exceed `2M`
 * nats. The surrogate is the value itself, the usual, biased gradient; `mine()` corrects it.
 *
 * `value` and `surrogate` throw ShapeMismatchError for scores that are not square, InvalidOptionError for a
 * batch of 1.
 *
 * Source: Donsker, Varadhan, Comm. Pure Appl. Math. 36 (1983); Belghazi et al., arXiv 1801.04062.
 *
 * @example
 * const nats = donskerVaradhan().value(critic.scores(x, y));
 */
export function donskerVaradhan(): CriticEstimator {
  const value = (scores: Tensor2D): Scalar => {
    checkScores(scores);
    return tidy(() => diagonalMean(scores).sub(offDiagonalLogMeanExp(scores)) as Scalar);
  };
  return { name: 'donskerVaradhan', direction: 'lower', requires: 'scores', value, surrogate: value };
}
