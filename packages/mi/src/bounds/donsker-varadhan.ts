import { eye, logSumExp, type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { CriticEstimator } from '../estimator';
import { checkScores } from './check-scores';

/** Stands for −∞ under an exponential: finite, so that no gradient becomes `∞ · 0`. */
const NEVER = 1e30;

/**
 * Donsker–Varadhan, a lower bound in nats from scores `[batch, batch]`:
 *
 * `I(x; y) ≥ (1/B) Σ_i f(x_i, y_i) − log[ 1/(B(B−1)) Σ_{i≠j} exp f(x_i, y_j) ]`.
 *
 * A lower bound for the population; the value of one batch is biased upwards (`E log mean ≤ log E mean`) and
 * its variance grows with the information. Unchanged by `f + c`. A critic with `|f| ≤ M` cannot exceed `2M`
 * nats. The surrogate is the value itself, the usual, biased gradient.
 *
 * `value` and `surrogate` throw ShapeMismatchError for scores that are not square, InvalidOptionError for a
 * batch of 1.
 *
 * Source: Belghazi et al., arXiv 1801.04062.
 */
export function donskerVaradhan(): CriticEstimator {
  const value = (scores: Tensor2D): Scalar => {
    const batch = checkScores(scores);
    return tidy(() => {
      const diagonal = eye(batch);
      const joint = scores.mul(diagonal).sum().div(batch);
      // Masking by multiplication would leave exp(0) = 1 on the diagonal, i.e. B pairs that do not exist.
      const marginal = logSumExp(scores.sub(diagonal.mul(NEVER)));
      return joint.sub(marginal).add(Math.log(batch * (batch - 1))) as Scalar;
    });
  };
  return { name: 'donskerVaradhan', direction: 'lower', requires: 'scores', value, surrogate: value };
}
