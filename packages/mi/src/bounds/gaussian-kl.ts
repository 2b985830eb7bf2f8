import { InvalidOptionError } from '@factornet/spec';
import { type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { GaussianEstimator, GaussianMoments } from '../estimator';

export interface GaussianKLOptions {
  /** Nats per dimension that the surrogate does not press below. Default 0. The value ignores it. */
  freeNats?: number;
}

/** Log-variances are used as if they lay within these limits, where their exponential is harmless. */
export const LOG_VARIANCE_LIMITS = [-10, 10] as const;

/**
 * The variational information bottleneck, an upper bound in nats on I(x; t) for t ~ q(t|x) = N(μ(x), σ²(x)),
 * from moments `[batch, features]` and the prior N(0, I):
 *
 * `I(x; t) ≤ (1/B) Σ_b Σ_d ½(μ² + σ² − 1 − log σ²)`, loose by `KL(q(t) ‖ N(0, I))`.
 *
 * `log σ²` is clamped to `LOG_VARIANCE_LIMITS`; beyond them its gradient is 0. Bounds nothing if t is
 * deterministic: downstream networks have to see a sample `μ + σε`.
 *
 * With `freeNats` λ the surrogate is `Σ_d max(λ, (1/B) Σ_b KL_bd)`, so that no dimension is pressed to 0.
 *
 * @throws InvalidOptionError if `freeNats` is negative
 *
 * Source: Alemi et al., arXiv 1612.00410; free nats: Kingma et al., arXiv 1606.04934.
 */
export function gaussianKL({ freeNats = 0 }: GaussianKLOptions = {}): GaussianEstimator {
  if (!(freeNats >= 0)) {
    throw new InvalidOptionError({
      option: 'freeNats',
      expected: 'a number of at least 0',
      received: freeNats,
    });
  }
  const value = (moments: GaussianMoments): Scalar => tidy(() => divergence(moments).sum(1).mean() as Scalar);
  const surrogate = (moments: GaussianMoments): Scalar =>
    tidy(() => divergence(moments).mean(0).maximum(freeNats).sum() as Scalar);
  return {
    name: 'gaussianKL',
    direction: 'upper',
    requires: 'gaussian',
    value,
    surrogate: freeNats === 0 ? value : surrogate,
  };
}

/** `½(μ² + σ² − 1 − log σ²)`, `[batch, features]`. */
function divergence({ mean, logVariance }: GaussianMoments): Tensor2D {
  const limited = logVariance.clipByValue(...LOG_VARIANCE_LIMITS);
  return mean.square().add(limited.exp()).sub(limited).sub(1).mul(0.5) as Tensor2D;
}
