import type { ClassificationPrediction, PredictionOf } from '@factornet/spec';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { AssemblyPlan } from '../plan/plan-assembly';
import type { FactorSource } from '../sources';
import type { AddTask, JointClass, RemoveTask, SpaceNames, TaskClasses, Told } from './task-types';

/** What one factor says about a batch of pictures, by the class names of a classification or the task of another kind. */
export type TaskPrediction<Task extends Told = readonly string[]> = Task extends readonly string[]
  ? ClassificationPrediction<Readonly<Task>>
  : Task extends { readonly labelSpace: string; readonly classes: infer Classes extends readonly string[] }
    ? ClassificationPrediction<Readonly<Classes>>
    : PredictionOf<Task>;

/** Predictions by task name. */
export type Predictions<Tasks extends TaskClasses> = {
  readonly [Task in keyof Tasks]: TaskPrediction<Tasks[Task]>;
};

/** What several factors of one label space say about a batch of pictures together. */
export interface JointPrediction<Class extends string = string>
  extends ClassificationPrediction<readonly Class[]> {
  /** The label space, and where `classes` are in it: class `i` is its class `indices[i]`. */
  readonly labelSpace: { readonly name: string; readonly indices: readonly number[] };
}

/**
 * One common-knowledge network with any number of factors: a combined-task network. It only infers; nothing
 * is trained and no layer is called in training mode. Where that was allowed, factors of several common-knowledge
 * networks, each of which runs on every batch.
 *
 * A batch goes through the networks in parts of as many pictures as take some hundred MB, and in smaller ones where the
 * WASM heap has no room for them; a picture's result does not depend on the others.
 */
export interface Assembly<Tasks extends TaskClasses = Readonly<Record<string, readonly string[]>>> {
  /** Task names, in the order the factors came. */
  readonly tasks: readonly (keyof Tasks & string)[];
  /** What it consists of now. */
  readonly plan: AssemblyPlan;
  /** TensorFlow.js's current backend, on which it computes. */
  readonly backend: string;
  /**
   * How often a common-knowledge network ran: once per batch, or part of a large one, whatever the number of factors; of several, each that a
   * factor needs.
   */
  readonly commonEvaluations: number;

  /**
   * Predicts every task for pictures `[batch, height, width, channels]` with values in [0, 1]:
   * `logits = head(fusion(z, mean))`, with z from the common-knowledge network and the mean of the task-specific one.
   *
   * @throws ShapeMismatchError if the pictures do not have the network's input shape
   * @throws InvalidOptionError if they are no tensor of float32 with values in [0, 1]
   * @throws NonFiniteOutputError if a factor answers NaN or an infinite number, which names no class
   * @throws DisposedError after `dispose()`
   */
  predict(images: Tensor4D): Promise<Predictions<Tasks>>;

  /**
   * One distribution over the classes of all factors of a label space, in its order, e.g. over cats and ships from a
   * factor for animals and one for vehicles. Only these factors run.
   *
   * `probabilities = softmax over all j of s_j · head_j(z + mean_j) / T`: times its `logitScale` s_j, a factor's logits are
   * its teacher's less their mean over all classes of the label space, which is the same for every factor, and which
   * softmax does not see. So factors of one teacher compare, and the distribution is the teacher's, given that the
   * picture shows one of these classes, at a `temperature` T that was fitted on pictures which no network was trained on.
   *
   * @throws NotComparableError if no factor is of that label space, if they mean different classes by it, share a
   * class, or one of several states no scale
   * @throws ShapeMismatchError, InvalidOptionError, NonFiniteOutputError, DisposedError
   */
  predictJoint<const Space extends SpaceNames<Tasks>>(
    images: Tensor4D,
    labelSpace: Space,
  ): Promise<JointPrediction<JointClass<Tasks, Space>>>;

  /**
   * The logits `[batch, classes]` of every task, as tensors that the caller disposes of. They are not looked at: a network
   * that overflows gives NaN or infinite ones.
   *
   * @throws ShapeMismatchError, DisposedError
   */
  logits(images: Tensor4D): { readonly [Task in keyof Tasks]: Tensor2D };

  /**
   * The common features `z = C(x)`, `[batch, features]`, which the caller disposes of.
   *
   * @param trunk position of the common-knowledge network, where there are several; the first by default
   * @throws ShapeMismatchError, DisposedError
   * @throws InvalidOptionError if there is no such common-knowledge network
   */
  features(images: Tensor4D, trunk?: number): Tensor2D;

  /**
   * Adds a factor while the assembly is in use, and hands back this same assembly, typed with the new task.
   * Takes the sources, and keeps to the options, that `assemble` was given. The assembly is unchanged if it fails.
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
