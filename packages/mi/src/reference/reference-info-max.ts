import { ShapeMismatchError } from '@factornet/spec';
import { eye, matMul, type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import { checkScores } from '../bounds/check-scores';
import { diagonal } from '../numerics/off-diagonal';
import { stopGradient } from '../numerics/stop-gradient';

/**
 * The InfoMax **loss** of the authors of knowledge factorization, as their code has it, to be minimised; for
 * comparison with their numbers. Not a bound, prone to collapse: train with `infoNCE()`.
 *
 * With cosines `s_ij = u_i · v_j` of the rows of `teacherFeatures` (projected) and `commonFeatures`, both
 * `[batch, features]`:
 *
 * `loss = log[ (1/B²)(Σ_{i≠j} exp s_ij + B) ] − (1/B²) Σ_i s_ii`.
 *
 * Three departures from Donsker–Varadhan, `log[ 1/(B(B−1)) Σ_{i≠j} exp s_ij ] − (1/B) Σ_i s_ii`:
 *
 * - The joint term is a mean over B², so pulling pairs together weighs 1/B of pushing all others apart.
 * - The masked diagonal leaves B times exp 0 in the normaliser, so a constant added to all scores changes the loss.
 * - A cosine without temperature keeps even the true bound below 2 nats.
 *
 * So −loss bounds no information, and its best is **collapse**: features that are all the same, with opposite signs on
 * the two sides, have no information and a loss of −0.96 at B = 64, where perfect alignment of otherwise orthogonal
 * features has −1/B.
 *
 * @throws ShapeMismatchError if the two do not have the same shape
 * @throws InvalidOptionError for a batch of 1, where the authors' code returns −s_11
 *
 * Source: Yang, Ye, Wang, arXiv 2207.03337, `InfoMax_loss` of their published code.
 *
 * @example
 * const loss = referenceInfoMax(projection.apply(teacherFeatures), commonFeatures);
 */
export function referenceInfoMax(teacherFeatures: Tensor2D, commonFeatures: Tensor2D): Scalar {
  const [expected, received] = [teacherFeatures.shape, commonFeatures.shape];
  if (received.length !== 2 || expected.some((size, axis) => size !== received[axis])) {
    throw new ShapeMismatchError({ what: 'common features', expected, received });
  }
  return tidy(() => {
    const cosines = matMul(normalise(teacherFeatures), normalise(commonFeatures), false, true);
    return referenceInfoMaxOfScores(cosines as Tensor2D);
  });
}

/**
 * The same loss from its cosines `s_ij` `[batch, batch]`, or from any scores: not a bound, see
 * {@link referenceInfoMax}.
 *
 * @throws ShapeMismatchError for scores that are not square
 * @throws InvalidOptionError for a batch of 1
 */
export function referenceInfoMaxOfScores(scores: Tensor2D): Scalar {
  const batch = checkScores(scores);
  return tidy(() => {
    // exp(0) = 1 on the diagonal, on purpose: so it is in the authors' code.
    const masked = scores.mul(eye(batch).neg().add(1));
    const marginal = masked.exp().mean(1).mean().log();
    return marginal.sub(
      diagonal(scores)
        .sum()
        .div(batch ** 2),
    ) as Scalar;
  });
}

/** Rows over `‖row‖ + 1e-10`, which keeps zeros as they are, with a finite gradient there, too. */
function normalise(rows: Tensor2D): Tensor2D {
  const squares = rows.square().sum(1, true);
  const isZero = stopGradient((input) => input.equal(0).cast('float32'), squares);
  return rows.div(squares.add(isZero).sqrt().sub(isZero).add(1e-10)) as Tensor2D;
}
