import { eye, logSumExp, type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { CriticEstimator } from '../estimator';
import { checkScores } from './check-scores';

export interface InfoNCEOptions {
  /**
   * Over which variable's candidates the scores are normalised: `'y'` asks which y belongs to x_i (softmax
   * along rows), `'x'` which x belongs to y_j (softmax along columns), `'both'` averages the two, as CLIP does.
   * Default `'both'`.
   */
  axis?: 'x' | 'y' | 'both';
}

/**
 * InfoNCE, a lower bound in nats from scores `[batch, batch]`:
 *
 * `I(x; y) ≥ log B + (1/B) Σ_i [ f(x_i, y_i) − log Σ_j exp f(x_i, y_j) ]` (here `axis: 'y'`).
 *
 * The positive pair stays in the normaliser, so no batch yields more than `log B`; low variance, but far too
 * low once the information nears that cap. The surrogate is the value itself.
 *
 * `value` and `surrogate` throw ShapeMismatchError for scores that are not square, InvalidOptionError for a
 * batch of 1.
 *
 * Source: van den Oord, Li, Vinyals, arXiv 1807.03748; Poole et al., arXiv 1905.06922.
 *
 * @example
 * const nats = infoNCE().value(critic.scores(x, y));
 */
export function infoNCE({ axis = 'both' }: InfoNCEOptions = {}): CriticEstimator {
  const axes = axis === 'both' ? [0, 1] : [axis === 'x' ? 0 : 1];
  const value = (scores: Tensor2D): Scalar => {
    const batch = checkScores(scores);
    return tidy(() => {
      // In one sum, not by columns: the last digits of trainings that are told in READMEs depend on it.
      const joint = scores.mul(eye(batch)).sum().div(batch);
      const normalisers = axes.map((reduced) => logSumExp(scores, reduced).mean());
      const normaliser = normalisers.reduce((sum, next) => sum.add(next)).div(axes.length);
      return joint.sub(normaliser).add(Math.log(batch)) as Scalar;
    });
  };
  return {
    name: 'infoNCE',
    direction: 'lower',
    requires: 'scores',
    value,
    surrogate: value,
    cap: (batchSize) => Math.log(batchSize),
  };
}
