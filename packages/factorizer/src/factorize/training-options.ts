import type { Fusion } from '@factornet/core';
import type { Optimizer, Schedule } from '@factornet/core/training';
import type { ObjectiveTerm } from '../objective/objective-term';
import type { CheckpointStore } from '../training/checkpoint';
import type { ProgressListener } from '../training/progress';
import type { WorkersOption } from '../training/worker-gradients';

/** What {@link factorize} and {@link trainFactor} have in common. */
export interface TrainingOptions {
  /** Default `infoMaxBottleneck()`. */
  objective?: readonly ObjectiveTerm[];
  /**
   * How heads see z and t. Default `add()`. With `concatenate()`, t has the length that the backbone of the task-specific
   * network has.
   */
  fusion?: Fusion;
  /** Default 10. */
  epochs?: number;
  /** Default 64. */
  batchSize?: number;
  /** Runs with equal seeds on one backend give bit-identical networks. Default 0. */
  seed?: number;
  /**
   * Threads to evaluate the networks on (Node, backend `wasm`, with `@factornet/backend-wasm`). Default 1: this
   * thread. More give the same update up to rounding, since the objective sees the whole batch; only BatchNorm
   * normalizes per worker, over its share of the batch, and its moving statistics are averaged. `'auto'` takes all
   * cores, and this thread on any other backend.
   */
  workers?: WorkersOption;
  /** Default `adam()`. */
  optimizer?: Optimizer;
  /** Default `warmUp(0.05, cosineSchedule())`. */
  schedule?: Schedule;
  /**
   * Most bytes of the teacher's answers to keep in memory; where all would take more, none are kept and the teacher
   * answers each batch anew, in every epoch. Default 512 MiB.
   */
  teacherCacheBytes?: number;
  /** Dimensions of t that tell less than this about the picture, in nats, are cut after training. Default 0.02. */
  pruneBelow?: number;
  /** Where the run's state is kept; a run that was stopped goes on from there. */
  checkpoint?: CheckpointStore;
  onProgress?: ProgressListener;
  /** Stops the run after the step under way. */
  signal?: AbortSignal;
}

export const trainingDefaults = { epochs: 10, batchSize: 64, seed: 0, pruneBelow: 0.02 } as const;
