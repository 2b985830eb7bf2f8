import { logSumExp, oneHot, type Tensor2D, tidy, transpose } from '@tensorflow/tfjs';
import { NEVER } from './off-diagonal';
import { stopGradient } from './stop-gradient';

/**
 * `log Σ_{l≠k} exp f(x_l, y_j)` for every k and j, `[batch, batch]`, of scores `[batch, batch]`.
 *
 * The sum over all rows less one of them is exact as long as the column's largest score stays in it. The row that
 * holds the largest would cancel to nothing, so its sum is taken anew.
 */
export function leaveOneOutLogSumExp(scores: Tensor2D): Tensor2D {
  return tidy(() => {
    const largest = stopGradient((input) => input.max(0, true), scores);
    // One row per column, also where several share the largest score.
    const isLargest = stopGradient(
      (input) => transpose(oneHot(input.argMax(0), scores.shape[0]).cast('float32')),
      scores,
    );
    const shifted = scores.sub(largest).exp();
    // The 1 keeps the logarithm finite where its value is not used.
    const others = shifted.sum(0, true).sub(shifted).add(isLargest);
    const withLargest = others.log().add(largest);
    const withoutLargest = logSumExp(scores.add(isLargest.mul(NEVER)), 0, true);
    return withLargest.mul(isLargest.neg().add(1)).add(withoutLargest.mul(isLargest)) as Tensor2D;
  });
}
