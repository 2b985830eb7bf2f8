import { add, concatenate, type Fusion } from '@factornet/core';
import { adam, adamW, type Optimizer } from '@factornet/core/training';
import type { TaskDescription } from '@factornet/spec';
import type { TrainableCode } from '../codes/trainable-code';
import { trainableDeterministic } from '../codes/trainable-deterministic';
import { trainableGaussian } from '../codes/trainable-gaussian';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { factorObjective } from '../objective/factor-objective';
import { infoMaxBottleneck } from '../objective/info-max-bottleneck';
import type { ObjectiveTerm } from '../objective/objective-term';

/** What stands in for the options that are not given. */
export interface Recipe {
  readonly epochs: number;
  readonly batchSize: number;
  optimizer(): Optimizer;
  objective(): ObjectiveTerm[];
  code(task: TaskDescription, kind: TrainableTaskKind): TrainableCode;
  fusion(): Fusion;
  /** Units of hidden layers of heads. */
  readonly hidden: readonly number[];
}

/** Of the rates from 0.002 to 0.032 that `pnpm bench:method` tries, each twice the one before, the best. */
export const STAGES_LEARNING_RATE = 16e-3;

/**
 * Each network by itself, the common one first, as a search on other pictures found best; `pnpm bench:method` holds it against
 * its baselines. Epochs are of each network. The small batch is better for everything, baselines included; the hidden layer
 * weighs z and t against each other.
 */
export const separately: Recipe = {
  epochs: 8,
  batchSize: 32,
  optimizer: () => adamW({ learningRate: STAGES_LEARNING_RATE, weightDecay: 0.01 }),
  objective: () => factorObjective(),
  code: (task, kind) => kind.code?.(task) ?? trainableDeterministic(),
  fusion: concatenate,
  hidden: [32],
};

/** All networks at once, by the InfoMax-Bottleneck objective: the paper's way. */
export const together: Recipe = {
  epochs: 10,
  batchSize: 64,
  optimizer: () => adam(),
  objective: () => infoMaxBottleneck(),
  code: () => trainableGaussian(),
  fusion: add,
  hidden: [],
};
