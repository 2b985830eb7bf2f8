import { eye, logSumExp, type Scalar, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs';

/** Stands for −∞ under an exponential: finite, so that no gradient becomes `∞ · 0`. */
export const NEVER = -1e30;

/** `f(x_i, y_i)`, `[batch]`, of scores `[batch, batch]`. */
export function diagonal(scores: Tensor2D): Tensor1D {
  return tidy(() => scores.mul(eye(scores.shape[0])).sum(0) as Tensor1D);
}

/** `(1/B) Σ_i f(x_i, y_i)`: the mean over pairs of the joint distribution. */
export function diagonalMean(scores: Tensor2D): Scalar {
  return tidy(() => diagonal(scores).mean() as Scalar);
}

/** `1/(B(B−1)) Σ_{i≠j} f(x_i, y_j)`: the mean over pairs of the product of the marginals. */
export function offDiagonalMean(scores: Tensor2D): Scalar {
  const batch = scores.shape[0];
  return tidy(() => {
    const others = eye(batch).neg().add(1);
    const sums = scores.mul(others).sum(1);
    return sums.sum().div(batch * (batch - 1)) as Scalar;
  });
}

/**
 * `log[ 1/(B(B−1)) Σ_{i≠j} exp f(x_i, y_j) ]`, for scores of any size.
 *
 * The diagonal is masked by a large negative number: masking by multiplication would leave exp(0) = 1 there, i.e. B
 * pairs that do not exist.
 */
export function offDiagonalLogMeanExp(scores: Tensor2D): Scalar {
  const batch = scores.shape[0];
  return tidy(() => {
    // Row by row: the error of a sum of 32-bit numbers grows with their count.
    const rows = logSumExp(withoutDiagonal(scores), 1);
    return logSumExp(rows).sub(Math.log(batch * (batch - 1))) as Scalar;
  });
}

/** Scores `[batch, batch]` whose diagonal counts for nothing under an exponential. */
export function withoutDiagonal(scores: Tensor2D): Tensor2D {
  return tidy(() => scores.add(eye(scores.shape[0]).mul(NEVER)) as Tensor2D);
}
