import { randomStream } from '@factornet/core/training';
import { oneHot, range, type Scalar, scalar, type Tensor2D, tidy, variable } from '@tensorflow/tfjs';
import type { CriticEstimator } from '../estimator';
import { diagonalMean } from '../numerics/off-diagonal';
import { checkScores } from './check-scores';

export interface ClubSampleOptions {
  /** Of the shifts. Default 0. */
  seed?: number;
}

/** Adding it, modulo 1, visits [0, 1) more evenly than random draws would. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/**
 * CLUB with one independent pair for each dependent one, an upper bound in nats from log-likelihoods
 * `ℓ[i,j] = log p(y_j|x_i)` `[batch, batch]` of the true conditional:
 *
 * `I(x; y) ≤ (1/B) Σ_i (ℓ_ii − ℓ_i,(i+s) mod B)` for a shift s from 1 to B − 1, so that no pair meets itself.
 *
 * The mean over all shifts is `club({ pairs: 'off-diagonal' })`, of which this is an unbiased estimate with more
 * variance. `value` and `surrogate` take the same shift, random by the seed, for every batch of a size; `start()` begins
 * there and takes another in every step. As loose as CLUB.
 *
 * They throw ShapeMismatchError for scores that are not square, InvalidOptionError for a batch of 1.
 *
 * Source: Cheng et al., arXiv 2006.12013.
 *
 * @example
 * const running = clubSample({ seed: 1 }).start?.();
 * optimizer.minimize(() => running.surrogate(conditional.scores(x, y)));
 */
export function clubSample({ seed = 0 }: ClubSampleOptions = {}): CriticEstimator {
  const first = randomStream(seed, 'clubSample').uniform();
  /** `fraction` in [0, 1] says how far the y are shifted. */
  const evaluate = (logLikelihoods: Tensor2D, fraction: Scalar): Scalar => {
    const batch = checkScores(logLikelihoods);
    return tidy(() => {
      const shift = fraction
        .mul(batch - 1)
        .floor()
        .minimum(batch - 2)
        .add(1);
      const partners = range(0, batch).add(shift).mod(batch).cast('int32');
      const marginal = logLikelihoods.mul(oneHot(partners, batch).cast('float32')).sum().div(batch);
      return diagonalMean(logLikelihoods).sub(marginal) as Scalar;
    });
  };
  const value = (logLikelihoods: Tensor2D): Scalar => tidy(() => evaluate(logLikelihoods, scalar(first)));
  return {
    name: 'clubSample',
    direction: 'upper',
    requires: 'log-likelihoods',
    value,
    surrogate: value,
    criticSurrogate: diagonalMean,
    start() {
      const fraction = tidy(() => variable(scalar(first), false));
      return {
        surrogate: (logLikelihoods) =>
          tidy(() => {
            const nats = evaluate(logLikelihoods, fraction);
            fraction.assign(fraction.add(GOLDEN_RATIO).mod(1) as Scalar);
            return nats;
          }),
        state: [fraction],
        dispose: () => fraction.dispose(),
      };
    },
  };
}
