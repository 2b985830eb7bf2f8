import type { FeatureMatrix } from '@factornet/core/samples';
import type { LabelledTaskKind, LabelValues } from '@factornet/data';
import type { Calibration, MeasureCalibrationOptions, ProbedTask } from '@factornet/metrics';
import type { LabelPrediction, TrainableEstimator } from '@factornet/mi';
import type { TaskDescription } from '@factornet/spec';
import type { LayersModel, Scalar, Tensor } from '@tensorflow/tfjs';
import type { TrainableCode } from '../codes/trainable-code';

export interface HeadRequest {
  /** Length of the code. */
  readonly features: number;
  /** Units of ReLU layers before the outputs. Default none: a linear head. */
  readonly hidden?: readonly number[];
  readonly seed: number;
  /** Prefix of every layer name. */
  readonly name: string;
}

/** What a head put out for a batch, and what it should have. */
export interface TaskAnswers {
  /** `[batch, …]`, each as long as the kind's `outputShape` says. */
  readonly outputs: Tensor;
  /** As the kind's `targets` or `softTargets` made them. */
  readonly targets: Tensor;
}

/** With what the teacher put out for the same pictures. */
export interface TaughtAnswers extends TaskAnswers {
  /** As `outputs`. */
  readonly teacherOutputs: Tensor;
  /** T of kinds whose outputs are logits. */
  readonly temperature: number;
  /** T of `outputs` alone. Default: as the teacher's. */
  readonly outputTemperature?: number;
}

/** What a head and the teacher put out for the same examples, both `[examples, outputs]`. */
export interface ComparedAnswers {
  readonly outputs: FeatureMatrix;
  readonly teacherOutputs: FeatureMatrix;
  /** Undefined where the data has none for the task. */
  readonly labels: LabelValues | undefined;
}

/** Where a task's outputs are among a teacher's. */
export interface TaughtOutputs {
  /** The teacher's task. */
  readonly task: string;
  /** Of the outputs of that task, those of the factor's: a tensor of its own. */
  select(outputs: Tensor): Tensor;
}

/**
 * A kind of task with all that training and evaluation do by it: a plug-in, made by a factory such as
 * `trainableClassification()`. Functions of tensors may be on the tape, and are called within `tf.tidy`.
 */
export interface TrainableTaskKind<Task extends TaskDescription = TaskDescription, Prediction = unknown>
  extends LabelledTaskKind<Task, Prediction> {
  /** What code a factor has where none is asked for. Default `trainableDeterministic()`. */
  code?(task: Task): TrainableCode;
  /** A fresh head: code `[batch, features]` to `[batch, …outputShape]`. */
  createHead(task: Task, request: HeadRequest): LayersModel;
  /** Labels of a batch as targets, examples without a label included; how those are marked is up to the kind. */
  targets(task: Task, labels: LabelValues): Tensor;
  /** A teacher's outputs as targets, where the data has no labels. */
  softTargets(task: Task, teacherOutputs: Tensor): Tensor;
  /** Targets with some of their certainty taken away, for `labelSmoothing`; absent where that means nothing. */
  smooth?(targets: Tensor, share: number): Tensor;
  /** To be minimised: the mean over examples with a label, in nats; 0 where no example of the batch has one. */
  loss(answers: TaskAnswers): Scalar;
  /** To be minimised: how far outputs are from the teacher's, over examples with a label. */
  transferLoss(answers: TaughtAnswers): Scalar;
  /** A lower bound on what a code tells about the label, from what a head makes of the code alone. */
  readonly bound: TrainableEstimator<LabelPrediction>;
  /** H(y) in nats; without labels, what is known of it. */
  labelEntropy(task: Task, labels: LabelValues | undefined): number;
  /** Where a teacher tells the task; undefined if it does not. */
  taughtBy(task: Task, tasks: readonly TaskDescription[]): TaughtOutputs | undefined;
  /**
   * The score of outputs `[examples, outputs]` over examples with a label: 1 where all is right, 0 where it is no better
   * than a guess, or worse.
   *
   * @throws InvalidOptionError if no example has a label
   */
  measure(task: Task, outputs: FeatureMatrix, labels: LabelValues): number;
  /** Further figures of the same, by name and unit: `{ 'mean absolute error (°)': 3.1 }`. */
  figures?(task: Task, outputs: FeatureMatrix, labels: LabelValues): Readonly<Record<string, number>>;
  /** Whether probabilities of the same are as often right as they say; absent where an answer has none. */
  measureCalibration?(
    task: Task,
    outputs: FeatureMatrix,
    labels: LabelValues,
    options: MeasureCalibrationOptions,
  ): Calibration;
  /**
   * What outputs have to be divided by to be as sure as the teacher's for the same examples, those with a label if any are
   * known; absent where outputs are no logits.
   */
  fitTemperature?(task: Task, answers: ComparedAnswers): number;
  /** How a probe reads its labels, for leakage. */
  probed(task: Task): ProbedTask;
}
