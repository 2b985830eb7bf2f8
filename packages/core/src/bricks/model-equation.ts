import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { FactorModels } from './bricks';
import { runModel } from './run-model';

// How codes and logits come about: `logits = head(fusion(z, t))`. Call these within `tf.tidy`.

/** The code that a factor ships with: the mean of t, `[batch, code]`, of normalized pictures. */
export function codeOf({ specific }: Pick<FactorModels, 'specific'>, inputs: Tensor): Tensor2D {
  return runModel(specific, inputs);
}

/**
 * `head(fusion(z, t))`: a factor's logits, `[batch, classes]`.
 *
 * @param z the common features, `[batch, features]`
 * @param code the mean of t or a sample of it, `[batch, code]`
 * @param training on the tape, with the layers in training mode; default false
 */
export function factorLogits(
  { fusion, head }: Pick<FactorModels, 'fusion' | 'head'>,
  z: Tensor2D,
  code: Tensor2D,
  training = false,
): Tensor2D {
  const fused = fusion.fuse(z, code);
  return training ? (head.apply(fused, { training }) as Tensor2D) : runModel(head, fused);
}
