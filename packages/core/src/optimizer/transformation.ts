import type { Tensor1D, Variable } from '@tensorflow/tfjs';

/** An update as it comes about: it will be `weights ← weights − rate · scale · direction`. */
export interface Step {
  /** As they were, or already shrunk. */
  readonly weights: Tensor1D;
  /** The gradient, or what earlier transformations made of it. */
  readonly direction: Tensor1D;
  /** Multiplied with the rate before any vector is, so that 32 bits round once. */
  readonly scale: number;
}

export interface Moment {
  /** The learning rate at this step. */
  readonly rate: number;
  /** From 1. */
  readonly step: number;
}

/** A transformation at work on variables that are joined into one vector. */
export interface RunningTransformation<Name extends string = string> {
  /**
   * Runs within `tidy`, and disposes of nothing.
   *
   * @param remembered what was returned last time
   * @returns the step, and what to remember from now on
   */
  apply(
    step: Step,
    remembered: Readonly<Record<Name, Tensor1D>>,
    moment: Moment,
  ): [step: Step, remembered?: Record<Name, Tensor1D>];
  /** Releases what it made for itself. */
  dispose?(): void;
}

/**
 * One idea of an optimizer, such as momentum: makes a step into another one. Optimizers are lists of them, see
 * {@link composeOptimizer}.
 */
export interface Transformation<Name extends string = string> {
  /** Names of the vectors that it remembers from step to step; each is as long as the gradient, and begins as zeros. */
  readonly remembers: readonly Name[];
  create(variables: readonly Variable[]): RunningTransformation<Name>;
}
