import type * as v from 'valibot';
import type { TaskDescription } from '../manifest/task';

/** What one picture's answer is, as JSON. */
export type ToldAnswer = Readonly<Record<string, unknown>>;

/** A column of a table of answers. */
export interface AnswerColumn {
  readonly heading: string;
  /** Whether it holds numbers, which are aligned to the right. */
  readonly isNumeric?: boolean;
}

export interface TellOptions {
  /** How many answers to tell of kinds that rank several, the best first. */
  readonly top?: number | undefined;
}

/**
 * All that follows from a task's `type` where networks are used: a plug-in, made by a factory such as
 * `classification()`, handed over as one of `kinds`. `LabelledTaskKind` of `@factornet/data` adds what only labels need,
 * `TrainableTaskKind` of `@factornet/factorizer` what only training needs.
 *
 * Another module tells the compiler what a stranger's kind predicts by merging into {@link TaskPredictions}.
 */
export interface TaskKind<Task extends TaskDescription = TaskDescription, Prediction = unknown> {
  /** As `task.type` of manifests has it. */
  readonly type: string;
  /** Of a task of this kind in a manifest, `name` and `type` included. */
  readonly schema: v.GenericSchema<unknown, Task>;
  /** What its score is called: `accuracy`. */
  readonly score: string;
  /**
   * The layer of TensorFlow.js that makes probabilities of a head's outputs in an exported model, keys in snake_case; absent
   * where the outputs are no logits.
   */
  readonly probabilities?: {
    readonly className: string;
    readonly config: Readonly<Record<string, unknown>>;
  };
  /** What there is to tell, for lists and files, the most important first: `{ classes: ['circle', 'star'] }`. */
  facts(task: Task): Readonly<Record<string, readonly string[]>>;
  /** Of what a head puts out for one picture: `[classes]`. */
  outputShape(task: Task): readonly number[];
  /** What a batch's outputs say, one row behind the other, `[batch * outputs]`. They are finite. */
  decode(outputs: Float32Array, task: Task): Prediction;
  /** What a prediction says about one picture of the batch. */
  tell(prediction: Prediction, picture: number, options?: TellOptions): ToldAnswer;
  /** How tables show what is told. */
  readonly columns: readonly AnswerColumn[];
  /** A row of cells, or several, of what was told of one picture. */
  rows(told: ToldAnswer): readonly (readonly string[])[];
  /** Whether one of several answers is right, so that two can be the same: then which one it is. */
  answer?(prediction: Prediction, picture: number): string;
}

/** How many numbers a head puts out for one picture. */
export function outputSize(kind: TaskKind, task: TaskDescription): number {
  return kind.outputShape(task).reduce((size, axis) => size * axis, 1);
}
