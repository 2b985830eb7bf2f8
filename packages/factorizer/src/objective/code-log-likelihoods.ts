import { type Tensor2D, tidy } from '@tensorflow/tfjs';

/** A stochastic encoder's answers to a batch, each `[batch, features]`. */
export interface EncodedBatch {
  readonly mean: Tensor2D;
  readonly logVariance: Tensor2D;
  /** One draw of t per example. */
  readonly sample: Tensor2D;
}

/**
 * Scores of the true conditional, `f(x_i, t_j) = log q(t_j|x_i) = Σ_d log N(t_jd; μ_id, σ²_id)`, `[batch, batch]`: row x,
 * column t. Takes `batch² · features` numbers while it works.
 */
export function codeLogLikelihoods({ mean, logVariance, sample }: EncodedBatch): Tensor2D {
  return tidy(() => {
    const distance = sample.expandDims(0).sub(mean.expandDims(1)).square();
    const squares = distance.mul(logVariance.neg().exp().expandDims(1)).sum(2);
    const normaliser = logVariance.add(Math.log(2 * Math.PI)).sum(1, true);
    return squares.add(normaliser).mul(-0.5) as Tensor2D;
  });
}
