import type { Optimizer, Schedule } from '@factornet/core/training';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import type { CheckpointStore } from './checkpoint';
import type { ProgressListener } from './progress';
import type { WorkersOption } from './worker-gradients';

/** What every run that trains has in common, a teacher's or a factorization's. */
export interface RunOptions {
  /** Kinds of the tasks. Default `trainableTaskKinds`. */
  kinds?: readonly TrainableTaskKind[];
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
  /** Where the run's state is kept; a run that was stopped goes on from there. */
  checkpoint?: CheckpointStore;
  onProgress?: ProgressListener;
  /** Stops the run after the step under way. */
  signal?: AbortSignal;
}

export const runDefaults = { kinds: trainableTaskKinds, epochs: 10, batchSize: 64, seed: 0 } as const;
