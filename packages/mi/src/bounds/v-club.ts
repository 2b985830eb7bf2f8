import { type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { CriticEstimator } from '../estimator';
import { type ClubOptions, club } from './club';

export interface VClubOptions extends ClubOptions {
  /** Whether the surrogate stops at 0, `max(0, value)`, as a penalty should. The value does not. Default false. */
  stopAtZero?: boolean;
}

/**
 * Variational CLUB: CLUB of a learned conditional q(y|x), in nats from `ℓ[i,j] = log q(y_j|x_i)` `[batch, batch]`.
 *
 * A penalty on dependence, with **no side of the truth**: it bounds I(x; y) from above only while q is nearer to the
 * joint than the product of the marginals is far, `KL(p(x)p(y) ‖ q) ≥ KL(p(x,y) ‖ q)`. A q with little capacity reads
 * low, one that has fallen behind what is being minimised may read below 0: give q several steps on `criticSurrogate`,
 * the mean log-likelihood of the pairs, per step on the surrogate, and `stopAtZero`.
 *
 * `value` and `surrogate` throw ShapeMismatchError for scores that are not square, InvalidOptionError for a batch
 * of 1.
 *
 * Source: Cheng et al., arXiv 2006.12013.
 *
 * @example
 * const { surrogate, criticSurrogate } = vClub({ stopAtZero: true });
 */
export function vClub({ stopAtZero = false, ...options }: VClubOptions = {}): CriticEstimator {
  const exact = club(options);
  return {
    ...exact,
    name: 'vClub',
    direction: 'neither',
    surrogate: stopAtZero
      ? (logLikelihoods: Tensor2D) => tidy(() => exact.value(logLikelihoods).maximum(0) as Scalar)
      : exact.surrogate,
  };
}
