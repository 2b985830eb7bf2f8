import type { Fusion } from '@factornet/core';
import type { TrainableCode } from '../codes/trainable-code';
import type { ObjectiveTerm } from '../objective/objective-term';
import { type RunOptions, runDefaults } from '../training/run-options';

/** What {@link factorize} and {@link trainFactor} have in common. */
export interface TrainingOptions extends RunOptions {
  /** Default `infoMaxBottleneck()`. */
  objective?: readonly ObjectiveTerm[];
  /**
   * How heads see z and t. Default `add()`. With `concatenate()`, t has the length that the backbone of the task-specific
   * network has.
   */
  fusion?: Fusion;
  /** What kind of code t is. Default `trainableGaussian()`. */
  code?: TrainableCode;
  /**
   * Most bytes of the teacher's answers to keep in memory; where all would take more, none are kept and the teacher
   * answers each batch anew, in every epoch. Default 512 MiB.
   */
  teacherCacheBytes?: number;
  /** Dimensions of t that tell less than this about the picture, in nats, are cut after training. Default 0.02. */
  pruneBelow?: number;
}

export const trainingDefaults = { ...runDefaults, pruneBelow: 0.02 } as const;
