import { logSoftmax, type Scalar, tidy } from '@tensorflow/tfjs';
import type { LabelEstimator, LabelPrediction } from '../estimator';

/**
 * Barber–Agakov, a lower bound in nats on the information a code has about a label, from a classifier's
 * logits `[batch, classes]`:
 *
 * `I(t; y) ≥ H(y) + (1/n) Σ_i Σ_k targets[i,k] · log softmax(logits)[i,k]`
 *
 * over the n rows that have a label (rows of zeros have none). Low by `E KL(p(y|t) ‖ q(y|t))`, at most H(y);
 * negative when the classifier does worse than the label frequencies. Targets may be soft; they may not be
 * smoothed for it to be a bound. Without any label in the batch both value and gradient are 0.
 *
 * Source: Barber, Agakov, NIPS 2003.
 *
 * @example
 * const nats = barberAgakov().value({ logits, targets, labelEntropy: labelEntropy(labels, 4) });
 */
export function barberAgakov(): LabelEstimator {
  const value = ({ logits, targets, labelEntropy }: LabelPrediction): Scalar =>
    tidy(() => {
      const labelled = targets.sum(1).greater(0).cast('float32').sum();
      const logLikelihood = targets.mul(logSoftmax(logits)).sum().div(labelled.maximum(1));
      return logLikelihood.add(labelled.minimum(1).mul(labelEntropy)) as Scalar;
    });
  return { name: 'barberAgakov', direction: 'lower', requires: 'logits', value, surrogate: value };
}
