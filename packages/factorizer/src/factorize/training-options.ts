import type { ObjectiveTerm } from '../objective/objective-term';
import type { CheckpointStore } from '../training/checkpoint';
import type { Optimizer } from '../training/optimizer';
import type { ProgressListener } from '../training/progress';
import type { Schedule } from '../training/schedule';

/** What {@link factorize} and {@link trainFactor} have in common. */
export interface TrainingOptions {
  /** Default `infoMaxBottleneck()`. */
  objective?: readonly ObjectiveTerm[];
  /** Default 10. */
  epochs?: number;
  /** Default 64. */
  batchSize?: number;
  /** Runs with equal seeds on one backend give bit-identical networks. Default 0. */
  seed?: number;
  /** Default `adam()`. */
  optimizer?: Optimizer;
  /** Default `cosineSchedule()`. */
  schedule?: Schedule;
  /** Dimensions of t that tell less than this about the picture, in nats, are cut after training. Default 0.02. */
  pruneBelow?: number;
  /** Where the run's state is kept; a run that was stopped goes on from there. */
  checkpoint?: CheckpointStore;
  onProgress?: ProgressListener;
  /** Stops the run after the step under way. */
  signal?: AbortSignal;
}

export const trainingDefaults = { epochs: 10, batchSize: 64, seed: 0, pruneBelow: 0.02 } as const;
