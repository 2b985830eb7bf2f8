import type { Fusion } from '@factornet/core';
import type { Optimizer } from '@factornet/core/training';
import type { TaskDescription } from '@factornet/spec';
import type { TrainableCode } from '../codes/trainable-code';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import type { ObjectiveTerm } from '../objective/objective-term';
import type { Recipe } from './recipes';
import { type TrainingOptions, trainingDefaults } from './training-options';

/** Options with nothing left open. */
export interface CompleteOptions extends TrainingOptions {
  readonly kinds: readonly TrainableTaskKind[];
  readonly seed: number;
  readonly pruneBelow: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: Optimizer;
  readonly objective: readonly ObjectiveTerm[];
  readonly fusion: Fusion;
}

/** What is given, and for the rest what the recipe says. */
export function completeOptions(options: TrainingOptions, recipe: Recipe): CompleteOptions {
  const { epochs, batchSize, hidden } = recipe;
  return {
    ...trainingDefaults,
    ...{ epochs, batchSize, hidden },
    ...withoutUndefined(options),
    optimizer: options.optimizer ?? recipe.optimizer(),
    objective: options.objective ?? recipe.objective(),
    fusion: options.fusion ?? recipe.fusion(),
  };
}

/** The code of a task. */
export function codeFor(
  task: TaskDescription,
  kind: TrainableTaskKind,
  { code }: TrainingOptions,
  recipe: Recipe,
): TrainableCode {
  const chosen = typeof code === 'function' ? code(task) : code;
  return chosen ?? recipe.code(task, kind);
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
