import type { Scalar, Tensor2D } from '@tensorflow/tfjs';

/** Which side of the mutual information an estimate lies on, in expectation. */
export type Direction = 'lower' | 'upper' | 'neither';

/**
 * An estimate of mutual information in nats: a plug-in, made by a factory such as `infoNCE()`.
 *
 * `Input` is what it looks at: a critic's scores, a Gaussian encoder's moments, or a classifier's logits.
 */
export interface Estimator<Input> {
  readonly name: string;
  readonly direction: Direction;
  readonly requires: 'scores' | 'gaussian' | 'logits';
  /** The estimate in nats. Differentiable where `surrogate` is the same function. */
  value(input: Input): Scalar;
  /** The scalar whose gradient trains critic and encoder; to be maximised for lower bounds, minimised for upper ones. */
  surrogate(input: Input): Scalar;
  /** The largest value this estimator can take at a batch size, in nats. */
  cap?(batchSize: number): number;
}

/** Critic scores f(x_i, y_j) `[batch, batch]`: row x, column y, the joint on the diagonal. */
export type CriticEstimator = Estimator<Tensor2D> & { readonly requires: 'scores' };

/** Moments of q(t|x), one Gaussian per example, each `[batch, features]`. */
export interface GaussianMoments {
  readonly mean: Tensor2D;
  readonly logVariance: Tensor2D;
}
export type GaussianEstimator = Estimator<GaussianMoments> & { readonly requires: 'gaussian' };

/** A classifier's view of a label. */
export interface LabelPrediction {
  /** `[batch, classes]` */
  readonly logits: Tensor2D;
  /** Label distribution per example, `[batch, classes]`; all-zero rows mark examples without a label. */
  readonly targets: Tensor2D;
  /** H(y) of the labels in nats. */
  readonly labelEntropy: number;
}
export type LabelEstimator = Estimator<LabelPrediction> & { readonly requires: 'logits' };
