import type { Immutable } from '../manifest/immutable';
import type { ClassificationPrediction } from './classification/classification';

/**
 * What each kind of task predicts, by `type`, of a task that is known as literally as a program tells. Whoever brings a
 * kind merges its own in:
 *
 * @example
 * declare module '@factornet/spec' {
 *   interface TaskPredictions<Task> {
 *     readonly angle: AnglePrediction;
 *   }
 * }
 */
export interface TaskPredictions<Task> {
  readonly classification: ClassificationPrediction<
    Task extends { readonly classes: infer Classes extends readonly string[] }
      ? Immutable<Classes>
      : readonly string[]
  >;
}

/** What a task predicts; unknown where its kind told the compiler nothing. */
export type PredictionOf<Task> = Task extends {
  readonly type: infer Type extends keyof TaskPredictions<Task>;
}
  ? TaskPredictions<Task>[Type]
  : unknown;
