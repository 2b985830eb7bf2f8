import type { Tensor } from '@tensorflow/tfjs';
import type { EpochRecord } from './progress';

/** Where a training run stands. Random streams are keyed by step, so nothing else needs saving. */
export interface TrainingState {
  /** Says which run this is: settings, data and teacher. A run only resumes from a state of its own. */
  readonly fingerprint: string;
  /** Steps done since the start. */
  readonly completedSteps: number;
  readonly history: readonly EpochRecord[];
  /** Sums over the steps of the epoch under way. */
  readonly running: { readonly loss: number; readonly terms: Readonly<Record<string, number>> };
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** Keeps the state of a run, so that Ctrl-C, a crash or NaN lose nothing: a plug-in, e.g. `fileCheckpoint(path)`. */
export interface CheckpointStore {
  /** Must replace an earlier state in one go. `state.tensors` belong to the run: copy them. */
  save(state: TrainingState): Promise<void>;
  /** The last saved state, or `undefined`. The caller disposes of its tensors. */
  load(): Promise<TrainingState | undefined>;
  /** Forgets the state: the run is complete. */
  clear(): Promise<void>;
}
