import type { Tensor, Tensor1D, Variable } from '@tensorflow/tfjs';

/** Steps variables along their gradients; keeps its moments as a few flat tensors. */
export interface RunningOptimizer {
  /**
   * Applies one update; `gradient` is all variables' gradients flattened and joined, in their order. If it throws, since
   * memory is full, its own state must be that before.
   */
  apply(gradient: Tensor1D, learningRate: number): void;
  /** Live tensors by name, for a checkpoint. */
  state(): ReadonlyMap<string, Tensor>;
  /** Goes on from copies of what {@link RunningOptimizer.state} gave after that many steps; reads the variables anew. */
  restore(state: ReadonlyMap<string, Tensor>, completedSteps: number): void;
  dispose(): void;
}

/** An optimizer with its settings: a plug-in, made by a factory such as `adam({ … })`. */
export interface Optimizer {
  readonly name: string;
  readonly learningRate: number;
  /** What else tells this one from others of its name: a run goes on from a checkpoint of equal settings only. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  create(variables: readonly Variable[]): RunningOptimizer;
}
