import type { FeatureMatrix } from '@factornet/core/samples';
import type { Scalar, Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs';
import type { Baseline } from './baseline';

/** Which side of the mutual information an estimate lies on, in expectation. */
export type Direction = 'lower' | 'upper' | 'neither';

/**
 * What an estimator looks at, and what has to be true of it for the direction to hold:
 *
 * - `scores`: a critic's scores, whatever they mean;
 * - `log-likelihoods`: scores that are log p(y_j|x_i), of the true conditional;
 * - `gaussian`: the moments of a stochastic encoder q(t|x);
 * - `logits`: a classifier's logits, with the entropy of the label;
 * - `regression`: predicted and true features, with their entropy or, without it, features that are N(0, I);
 * - `samples`: arrays of x and y;
 * - `labelled-samples`: an array of features and a label for each row.
 */
export type Requirement =
  | 'scores'
  | 'log-likelihoods'
  | 'gaussian'
  | 'logits'
  | 'regression'
  | 'samples'
  | 'labelled-samples';

/**
 * An estimate of mutual information in nats: a plug-in, made by a factory such as `infoNCE()`.
 *
 * `Input` is what it looks at, see {@link Requirement}. `Nats` is a scalar tensor where gradients may be taken,
 * a number for estimators on arrays.
 */
export interface Estimator<Input, Nats = Scalar> {
  readonly name: string;
  readonly direction: Direction;
  readonly requires: Requirement;
  /** The estimate in nats. Differentiable where `surrogate` is the same function. */
  value(input: Input): Nats;
  /** The largest value this estimator can take at a batch size, or a number of samples, in nats. */
  cap?(size: number): number;
}

/** An estimator that trains what it looks at. */
export interface TrainableEstimator<Input> extends Estimator<Input> {
  /** The scalar whose gradient trains critic and encoder; to be maximised for lower bounds, minimised for upper ones. */
  surrogate(input: Input): Scalar;
}

/**
 * An estimator on critic scores f(x_i, y_j) `[batch, batch]`: row x, column y, the joint on the diagonal.
 *
 * One with a baseline takes its `log a(y_j)` `[batch]` as a second argument; without it, `a = e`.
 */
export interface CriticEstimator extends TrainableEstimator<Tensor2D> {
  readonly requires: 'scores' | 'log-likelihoods';
  value(scores: Tensor2D, logBaseline?: Tensor1D): Scalar;
  surrogate(scores: Tensor2D, logBaseline?: Tensor1D): Scalar;
  /** What trains a learned critic, to be maximised, where it is not the surrogate: the likelihood, for upper bounds. */
  criticSurrogate?(scores: Tensor2D): Scalar;
  /** Trained together with the critic. */
  readonly baseline?: Baseline;
  /** For a surrogate that changes from step to step, such as one with a moving average. */
  start?(): RunningSurrogate;
}

/** A surrogate with a state of its own; one per training run. */
export interface RunningSurrogate {
  /** Advances the state by one step. */
  surrogate(scores: Tensor2D, logBaseline?: Tensor1D): Scalar;
  /** All that it remembers, finite and in a fixed order, so that a checkpoint can keep it and put it back. */
  readonly state: readonly Variable[];
  dispose(): void;
}

/** Moments of q(t|x), one Gaussian per example, each `[batch, features]`. */
export interface GaussianMoments {
  readonly mean: Tensor2D;
  readonly logVariance: Tensor2D;
}
export type GaussianEstimator = TrainableEstimator<GaussianMoments> & { readonly requires: 'gaussian' };

/** A classifier's view of a label. */
export interface LabelPrediction {
  /** `[batch, classes]` */
  readonly logits: Tensor2D;
  /** Label distribution per example, `[batch, classes]`; all-zero rows mark examples without a label. */
  readonly targets: Tensor2D;
  /** H(y) of the labels in nats. */
  readonly labelEntropy: number;
}
export type LabelEstimator = TrainableEstimator<LabelPrediction> & { readonly requires: 'logits' };

/** A regression's view of features f: q(f|z) = N(mean, diag exp(logVariance)). */
export interface FeaturePrediction {
  /** Of q, `[batch, features]`. */
  readonly mean: Tensor2D;
  /** Of q, `[features]`, for estimators that do not fix it. */
  readonly logVariance?: Tensor1D;
  /** f, standardised, `[batch, features]`. */
  readonly features: Tensor2D;
  /** H(f) in nats, where it is known. Default: that of N(0, I), the most there can be of that variance. */
  readonly entropy?: number;
}
export type RegressionEstimator = TrainableEstimator<FeaturePrediction> & {
  readonly requires: 'regression';
  /** Whether predictions have to bring a log-variance, to be trained with them. */
  readonly variance: 'unit' | 'learned';
};

/** Pairs (x_i, y_i), drawn from the joint distribution: one row each. */
export interface PairedSamples {
  readonly x: FeatureMatrix;
  readonly y: FeatureMatrix;
}
export type SampleEstimator = Estimator<PairedSamples, number> & {
  readonly requires: 'samples';
  /** The value with what `estimate` warns by. */
  measure?(samples: PairedSamples): SampleMeasurement;
};

/** A value in nats, with what tells how far it can be trusted. */
export interface SampleMeasurement {
  readonly value: number;
  /** Rows of x and of y that are equal to an earlier one. */
  readonly duplicates?: { readonly x: number; readonly y: number };
  /** Of an estimator from neighbours: how many it takes, and how many rows lie as near in x and in y, in the median. */
  readonly neighbours?: { readonly k: number; readonly x: number; readonly y: number };
  /** Of an estimator from counts. */
  readonly counts?: CountMeasurement;
}

export interface CountMeasurement {
  /** Cells of the joint table that rows lie in. */
  readonly cells: number;
  /** Those with a single row. */
  readonly singles: number;
  /** `(cells − rows − columns + 1) / 2N` of the table, what counts read too high by chance, in nats. */
  readonly bias: number;
  /** Whether that was subtracted. */
  readonly isCorrected: boolean;
  /** `min(H(x), H(y))` of what was counted, in nats: the largest value there can be. */
  readonly cap: number;
}

/** Features with a class index per row. */
export interface LabelledSamples {
  readonly features: FeatureMatrix;
  /** −1 marks a row without a label; it does not count. */
  readonly labels: ArrayLike<number>;
}
export type LabelledSampleEstimator = Estimator<LabelledSamples, number> & {
  readonly requires: 'labelled-samples';
};
