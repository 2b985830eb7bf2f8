import type { TaskDescription, TaskKind } from '@factornet/spec';
import type { TaskCheck } from '@factornet/spec/training';
import type { LabelValues } from '../dataset';

/** How the labels of one task become those of another that means the same. */
export interface LabelMatch {
  /** Labels of these examples of the dataset, as the other task has them. */
  convert(labels: LabelValues, indices: ArrayLike<number>): LabelValues;
  /** What whoever uses the dataset should know, a sentence each. */
  readonly notes: readonly string[];
}

/** A kind of task with what labels of it mean: a plug-in. */
export interface LabelledTaskKind<Task extends TaskDescription = TaskDescription, Prediction = unknown>
  extends TaskKind<Task, Prediction> {
  /** Says better than the schema what is wrong with a task that a program describes. */
  readonly check?: TaskCheck;
  /** How many numbers label one example: 1 for a class. */
  labelSize(task: Task): number;
  /**
   * Checks labels, one example behind the other.
   *
   * @param indices where the examples sit in their dataset, for the message. Default: 0, 1, 2, …
   * @throws LabelOutOfRangeError, InvalidOptionError
   */
  checkLabels(task: Task, labels: ArrayLike<number>, indices?: ArrayLike<number>): void;
  /**
   * For labels of `own` in place of which those of `wanted`, a task of the same name, are needed; undefined where they
   * are the same.
   *
   * @throws InvalidOptionError if they mean something else
   */
  matchLabels(own: Task, wanted: Task): LabelMatch | undefined;
  /** The label of one example in words; undefined where it has none. */
  explainLabel(task: Task, labels: LabelValues, example: number): string | undefined;
  /** A sentence on what no example is labelled, if there is something. */
  noteAbsent?(task: Task, labels: LabelValues): string[];
}
