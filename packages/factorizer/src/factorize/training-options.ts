import type { Fusion } from '@factornet/core';
import type { Optimizer } from '@factornet/core/training';
import type { TaskDescription } from '@factornet/spec';
import type { TrainableCode } from '../codes/trainable-code';
import type { ObjectiveTerm } from '../objective/objective-term';
import { type RunOptions, runDefaults } from '../training/run-options';

/** What {@link factorize} and {@link trainFactor} have in common. */
export interface TrainingOptions extends Omit<RunOptions, 'checkpoint'> {
  /** Of factors. Default `factorObjective()`; of networks that are trained together `infoMaxBottleneck()`, of all of them. */
  objective?: readonly ObjectiveTerm[];
  /**
   * How heads see z and t. Default `concatenate()`, with which t may have a length of its own; of networks that are trained
   * together `add()`.
   */
  fusion?: Fusion;
  /**
   * What kind of code t is, or which for a task. Default: that of the task's kind, of a classification
   * `trainableCategorical()`; of networks that are trained together `trainableGaussian()`.
   */
  code?: TrainableCode | ((task: TaskDescription) => TrainableCode | undefined);
  /**
   * Units of ReLU layers of a factor's head, before its outputs. Default one of 32; of networks that are trained together none,
   * a linear head.
   */
  hidden?: readonly number[];
  /** Of each network. Default 8; of networks that are trained together 10. */
  epochs?: number;
  /** Default 32; of networks that are trained together 64. */
  batchSize?: number;
  /** Default `adamW({ learningRate: 16e-3, weightDecay: 0.01 })`; of networks that are trained together `adam()`. */
  optimizer?: Optimizer;
  /**
   * Most bytes of a frozen network's answers to keep in memory, the teacher's and the common one's each; where all would take
   * more, none are kept and the network answers each batch anew, in every epoch. Default 512 MiB.
   */
  teacherCacheBytes?: number;
  /** Dimensions of a Gaussian t that tell less than this about the picture, in nats, are cut after training. Default 0.02. */
  pruneBelow?: number;
}

export const trainingDefaults = {
  kinds: runDefaults.kinds,
  seed: runDefaults.seed,
  pruneBelow: 0.02,
} as const;
