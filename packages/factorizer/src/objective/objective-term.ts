import type { TaskDescription } from '@factornet/spec';
import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs';
import type { TrainableCode } from '../codes/trainable-code';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import type { CodeDistribution } from '../networks/code-distribution';
import type { ReadingMoments } from '../teacher/reading-moments';
import type { TapReading } from './tap-reading';

/** What is known of one task in a training step. All `[batch, …]`. */
export interface TaskPass {
  readonly task: TaskDescription;
  /** Of the task. */
  readonly kind: TrainableTaskKind;
  /** As the kind makes them of labels. Of a classification: `[batch, classes]`; rows of zeros have no label. */
  readonly targets: Tensor;
  /** The teacher's logits for this task, where there is a teacher. */
  readonly teacherLogits?: Tensor;
}

/** What one factor computed in a training step. All `[batch, …]`. */
export interface FactorPass extends TaskPass {
  /** What the head sees as t, `[batch, code]`: of a Gaussian code one draw. */
  readonly sample: Tensor2D;
  /** q(t|x), of a Gaussian code; each `[batch, code]`. */
  readonly gaussian?: CodeDistribution;
  /** What the code says of the label by itself, `[batch, classes]`, where it says anything, as a categorical one does. */
  readonly answer?: Tensor2D;
  /** `head(fusion(z, t))`, `[batch, …]` as the kind says: of a classification `[batch, classes]`. */
  readonly logits: Tensor;
}

/** What all networks computed in one training step. */
export interface TrainingPass {
  /** Share of the run's steps that were taken before this one, in [0, 1). A run that resumes goes on with its own. */
  readonly progress: number;
  /** z, `[batch, features]`. */
  readonly common: Tensor2D;
  /** The common network's maps by name, `[batch, height, width, channels]`. */
  readonly maps: Readonly<Record<string, Tensor>>;
  /** The teacher's features per tap, as this term reads them: `[batch, …]`; empty for one that reads none. */
  readonly teacherFeatures: Readonly<Record<string, Tensor>>;
  /** All tasks, those of `factors` in the same order: also where no factor is trained. */
  readonly tasks: readonly TaskPass[];
  readonly factors: readonly FactorPass[];
}

export interface TermRequest {
  readonly commonFeatures: number;
  /** Length of t, per task. */
  readonly codeFeatures: Readonly<Record<string, number>>;
  /** Shapes of the common network's maps for one picture, `[height, width, channels]`, shallow to deep. */
  readonly mapShapes: Readonly<Record<string, readonly number[]>>;
  /** The code of each task: its type, whether it is Gaussian, and whether it gives an `answer` of its own. */
  readonly codes: Readonly<Record<string, Pick<TrainableCode, 'type' | 'gaussian' | 'answers'>>>;
  /** What the term reads of each tap of the teacher for one picture, `[…]`; empty without a teacher or a reading. */
  readonly tapShapes: Readonly<Record<string, readonly number[]>>;
  /** Of what it reads, per tap, over training pictures; empty unless it needs `moments`. */
  readonly tapMoments: Readonly<Record<string, ReadingMoments>>;
  readonly tasks: readonly TaskDescription[];
  /** Of every task, told apart by `type`. */
  readonly kinds: readonly TrainableTaskKind[];
  /** H(y) of the training labels in nats, per task. */
  readonly labelEntropy: Readonly<Record<string, number>>;
  readonly seed: number;
}

/**
 * Terms about a common network that is frozen, a teacher that is absent, `maps` that one of these does not have, or the rate
 * of Gaussian codes where no code is one, are left out. `moments` are those of what the term reads, which have the teacher asked about some thousand pictures.
 */
export type TermNeed = 'trainable-common' | 'teacher' | 'maps' | 'gaussian-codes' | 'moments';

/** A term with the trainable parts it needs, such as a critic. */
export interface PreparedTerm {
  /** In a fixed order; trained together with the networks. */
  readonly variables: readonly Variable[];
  /**
   * What it remembers from step to step without training it, such as a moving average; finite, in a fixed order. Part of
   * checkpoints, and put back where a step is not taken.
   */
  readonly state?: readonly Variable[];
  /**
   * The term's value in nats, averaged over the batch and summed over tasks. Its gradient is what trains, be it of a
   * surrogate. Called once per step.
   */
  evaluate(pass: TrainingPass): Scalar;
  dispose(): void;
}

/** One summand of the objective: a plug-in, made by a factory such as `bottleneck({ … })`. */
export interface ObjectiveTerm {
  readonly name: string;
  readonly weight: number;
  readonly sense: 'maximise' | 'minimise';
  /** What it needs. */
  readonly needs: readonly TermNeed[];
  /**
   * How it reads the teacher's taps, such as `averagePositions`. What this gives is kept for every example, and nothing
   * else of a tap. Left out, it reads none.
   */
  readonly reads?: TapReading;
  /** What else tells it from terms of the same name: a run does not resume from a checkpoint of other settings. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** The most that its value can be with so many examples a step, in nats, where its estimator has such a limit. */
  readonly cap?: ((batchSize: number) => number | undefined) | undefined;
  prepare(request: TermRequest): PreparedTerm;
}
