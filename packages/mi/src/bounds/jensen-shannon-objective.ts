import { type Scalar, softplus, type Tensor2D, tidy } from '@tensorflow/tfjs';
import { diagonalMean, offDiagonalMean } from '../numerics/off-diagonal';
import { checkScores } from './check-scores';

/**
 * What the Jensen–Shannon estimator and SMILE maximise, from scores `[batch, batch]`:
 *
 * `J = −(1/B) Σ_i softplus(−f(x_i, y_i)) − 1/(B(B−1)) Σ_{i≠j} softplus(f(x_i, y_j))`, at most 0.
 *
 * **Not an amount of information.** At its best, `f = log p(x, y)/(p(x) p(y))`, it is `2·JSD − 2 log 2` of the joint
 * and the product of the marginals, which saturates: −0.69 at 2 nats of information, −0.07 at 8. Its gradients are
 * bounded, which makes it the calm way to train a critic that another bound then reads.
 *
 * @throws ShapeMismatchError for scores that are not square
 * @throws InvalidOptionError for a batch of 1
 *
 * Source: Hjelm et al., arXiv 1808.06670 (Deep InfoMax, whose code adds 2 log 2).
 */
export function jensenShannonObjective(scores: Tensor2D): Scalar {
  checkScores(scores);
  return tidy(() => {
    const joint = diagonalMean(softplus(scores.neg()));
    return joint.add(offDiagonalMean(softplus(scores))).neg() as Scalar;
  });
}
