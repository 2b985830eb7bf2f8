import type { Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs';

export interface BaselineRequest {
  readonly yFeatures: number;
  readonly seed: number;
  /** Prefix of the variables' names. */
  readonly name: string;
}

/** A trainable log a(y), near log E_x exp f(x, y) at its best: a plug-in, made by a factory such as `learnedBaseline()`. */
export interface Baseline {
  readonly name: string;
  create(request: BaselineRequest): BaselineNetwork;
}

export interface BaselineNetwork {
  /** `log a(y_j)` `[batch]` of `y` `[batch, yFeatures]`. */
  logBaseline(y: Tensor2D): Tensor1D;
  /** In a fixed order. */
  readonly variables: readonly Variable[];
  dispose(): void;
}
