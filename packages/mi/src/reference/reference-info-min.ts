import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { type Scalar, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs';

/**
 * The bottleneck **loss** of the authors of knowledge factorization, as their code has it; for comparison with their
 * numbers. Train with `gaussianKL()`.
 *
 * - Moments per example `[batch, features]`: `(1/B) Σ_b Σ_d ½(μ² + exp lv − 1 − lv)`. This is the variational
 *   bottleneck, an upper bound if t is drawn from those Gaussians; the same number as `gaussianKL().value`, without its
 *   limits on the log-variance.
 * - Moments of a batch `[features]`, as of {@link referenceMoments}: `(1/features) Σ_d ½(μ² + exp lv − 1 − lv)`.
 *   **Not a bound** on I(x; t): t is deterministic, and of `E KL(q(t|x) ‖ r) = I(x; t) + KL(q(t) ‖ r)` this presses on
 *   a diagonal Gaussian's idea of the second part only. Every standardised code has loss 0, whatever it tells about x.
 *   A mean over features where the other is a sum, so their scales differ by the number of features.
 *
 * A feature that is constant over the batch has log-variance −∞ and makes the second loss ∞, as in the authors' code.
 *
 * @throws ShapeMismatchError if mean and log-variance do not have the same shape
 *
 * Source: Yang, Ye, Wang, arXiv 2207.03337, `InfoMin_loss` of their published code.
 *
 * @example
 * const { mean, logVariance } = referenceMoments(codes);
 * const loss = referenceInfoMin(mean, logVariance);
 */
export function referenceInfoMin<T extends Tensor1D | Tensor2D>(mean: T, logVariance: T): Scalar {
  const [expected, received] = [mean.shape, logVariance.shape] as [number[], number[]];
  if (expected.length !== received.length || expected.some((size, axis) => size !== received[axis])) {
    throw new ShapeMismatchError({ what: 'log-variance', expected, received });
  }
  return tidy(() => {
    const divergence = mean.square().add(logVariance.exp()).sub(1).sub(logVariance).mul(0.5);
    return (expected.length === 1 ? divergence.mean() : divergence.sum(1).mean()) as Scalar;
  });
}

/**
 * What the authors give to {@link referenceInfoMin}: mean and logarithm of the unbiased variance of deterministic
 * codes `[batch, features]` over the batch, each `[features]`.
 *
 * @throws InvalidOptionError for a batch of 1, which has no variance
 */
export function referenceMoments(codes: Tensor2D): { mean: Tensor1D; logVariance: Tensor1D } {
  const [batch] = codes.shape;
  if (batch < 2) {
    throw new InvalidOptionError({ option: 'batch size', expected: 'at least 2', received: batch });
  }
  return tidy(() => {
    const mean = codes.mean(0) as Tensor1D;
    const squares = codes.sub(mean).square().sum(0);
    return { mean, logVariance: squares.div(batch - 1).log() as Tensor1D };
  });
}
