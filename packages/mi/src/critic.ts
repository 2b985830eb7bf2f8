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
  /**
   * `'learned'`: scores are log q(y_j|x_i) of a density that is trained by likelihood; `'exact'`: of the true
   * conditional. Left out: scores that mean nothing by themselves.
   */
  readonly conditional?: 'learned' | 'exact';
  create(request: CriticRequest): CriticNetwork;
}

export interface CriticNetwork {
  /** Scores `[batch, batch]` of `x` `[batch, xFeatures]` and `y` `[batch, yFeatures]`: row x, column y. */
  scores(x: Tensor2D, y: Tensor2D): Tensor2D;
  /**
   * Where scores are made of one vector for x and one for y: these, `[batch, embedding]` each. Their cosines tell
   * whether the critic has collapsed.
   */
  embeddings?(x: Tensor2D, y: Tensor2D): { readonly x: Tensor2D; readonly y: Tensor2D };
  /** In a fixed order. */
  readonly variables: readonly Variable[];
  dispose(): void;
}
