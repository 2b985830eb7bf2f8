import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { AssemblyPlan } from '../plan/plan-assembly';
import type { FactorSource } from '../sources';
import type { AddTask, RemoveTask, TaskClasses } from './task-types';

/** What one factor says about a batch of pictures. */
export interface TaskPrediction<Classes extends readonly string[] = readonly string[]> {
  readonly classes: Classes;
  /** The likeliest class of each picture. */
  readonly labels: Classes[number][];
  /** Its position in `classes`, `[batch]`. */
  readonly indices: Int32Array;
  /** Softmax of the logits, row by row, `[batch * classes]`. */
  readonly probabilities: Float32Array;
  /** `[batch * classes]` */
  readonly logits: Float32Array;
}

/** Predictions by task name. */
export type Predictions<Tasks extends TaskClasses> = {
  readonly [Task in keyof Tasks]: TaskPrediction<Tasks[Task]>;
};

/**
 * One common-knowledge network with any number of factors: a combined-task network. It only infers; nothing
 * is trained and no layer is called in training mode.
 *
 * A batch goes through each network in one piece, so its size bounds the memory needed.
 */
export interface Assembly<Tasks extends TaskClasses = TaskClasses> {
  /** Task names, in the order the factors came. */
  readonly tasks: readonly (keyof Tasks & string)[];
  /** What it consists of now. */
  readonly plan: AssemblyPlan;
  /** How often the common-knowledge network ran: once per batch, whatever the number of factors. */
  readonly commonEvaluations: number;

  /**
   * Predicts every task for pictures `[batch, height, width, channels]` with values in [0, 1]:
   * `logits = head(z + mean)`, with z from the common-knowledge network and the mean of the task-specific one.
   *
   * @throws ShapeMismatchError if the pictures do not have the network's input shape
   * @throws DisposedError after `dispose()`
   */
  predict(images: Tensor4D): Promise<Predictions<Tasks>>;

  /**
   * The logits `[batch, classes]` of every task, as tensors that the caller disposes of.
   *
   * @throws ShapeMismatchError, DisposedError
   */
  logits(images: Tensor4D): { readonly [Task in keyof Tasks]: Tensor2D };

  /**
   * The common features `z = C(x)`, `[batch, features]`, which the caller disposes of.
   *
   * @throws ShapeMismatchError, DisposedError
   */
  features(images: Tensor4D): Tensor2D;

  /**
   * Adds a factor while the assembly is in use, and hands back this same assembly, typed with the new task.
   * The assembly is unchanged if that fails.
   *
   * @throws what `assemble` throws
   * @throws DisposedError after `dispose()`
   */
  add<const Factor extends FactorSource>(factor: Factor): Promise<Assembly<AddTask<Tasks, Factor>>>;

  /**
   * Removes a factor, releases its weights if the assembly loaded them, and hands back this same assembly.
   *
   * @throws UnknownTaskError if there is no such task
   * @throws DisposedError after `dispose()`
   */
  remove<const Task extends keyof Tasks & string>(task: Task): Assembly<RemoveTask<Tasks, Task>>;

  /**
   * Releases every model that the assembly loaded from a package. Networks that were passed in memory stay
   * their owner's. A second call does nothing.
   */
  dispose(): void;
}
