import type { Tensor2D, Variable } from '@tensorflow/tfjs';

export interface CriticRequest {
  readonly xFeatures: number;
  readonly yFeatures: number;
  readonly seed: number;
  /** Prefix of the variables' names. */
  readonly name: string;
}

/** A trainable score f(x, y): a plug-in, made by a factory such as `cosineCritic({ … })`. */
export interface Critic {
  readonly name: string;
  create(request: CriticRequest): CriticNetwork;
}

export interface CriticNetwork {
  /** Scores `[batch, batch]` of `x` `[batch, xFeatures]` and `y` `[batch, yFeatures]`: row x, column y. */
  scores(x: Tensor2D, y: Tensor2D): Tensor2D;
  /** In a fixed order. */
  readonly variables: readonly Variable[];
  dispose(): void;
}
