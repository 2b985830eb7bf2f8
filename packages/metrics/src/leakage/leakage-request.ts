import type { FeatureMatrix } from '@factornet/core/samples';
import type { Probe } from '../probe/probe';
import type { ProbeSplit } from './halves';
import type { Measured } from './measured';
import type { ProbedTask } from './probe-task';
import type { ProbedLabels } from './task-probe';

export interface LeakageRequest {
  /** Task name → what that task's factor ships of the held-out examples, t, `[examples, features]`. */
  sources: Readonly<Record<string, FeatureMatrix>>;
  /** What all factors share, z of the same examples: a row by itself, and in no mean. */
  common?: FeatureMatrix;
  /**
   * The teacher's own features of the same examples, `[examples, features]`: what leakage 1 means. Of several, such as maps
   * averaged and maps in cells, each task has the one that the probe reads it best from.
   */
  reference: FeatureMatrix | readonly FeatureMatrix[];
  /** Class index per example and task; −1 where a task says nothing about an example. Of other kinds, as its probe takes it. */
  labels: Readonly<Record<string, ProbedLabels>>;
  /** Tasks to read. A source need not exist for each. */
  tasks: readonly ProbedTask[];
  split: ProbeSplit;
  /** Default `linearProbe()`; `kernelProbe()` reads more. */
  probe?: Probe;
  /** What is done about a task that the probe cannot tell from the reference. Default `'refuse'`: an error names it. */
  withoutScale?: 'refuse' | 'leave-out' | undefined;
}

/** Of several pairs. */
export interface LeakageSummary {
  readonly mean: Measured;
  /** Of many that are near 0, one that chance made large. */
  readonly maximum: Measured & { readonly from: string; readonly to: string };
}

export interface LeakageResult {
  /** Name of the probe that read. */
  readonly probe: string;
  /** On one half of which it learnt; it read the other. */
  readonly examples: number;
  /** `leakage[from][to]` for every `from ≠ to`: 0 is chance, 1 is what the teacher's features tell. */
  readonly leakage: Record<string, Record<string, Measured>>;
  /** Per source with other tasks: the mean of its row, and the largest of it. */
  readonly rows: Record<string, LeakageSummary>;
  /** What z tells about each task, if z was given: anyone has it who has one factor. */
  readonly common?: Record<string, Measured>;
  /** Over all pairs `from ≠ to`; absent if there is no pair. */
  readonly mean?: LeakageSummary['mean'];
  readonly maximum?: LeakageSummary['maximum'];
  /** Per source: its own task read from t alone; `normalised` has chance at 0 and a perfect answer at 1. */
  readonly ownTask: Record<string, { readonly accuracy: number; readonly normalised: Measured }>;
  /** Test-half accuracy of every source's probe, before normalisation, own tasks included. */
  readonly accuracy: Record<string, Record<string, number>>;
  /** Per task that has a scale: test-half accuracy of the probe on the teacher's features, and of guessing. */
  readonly reference: Record<string, { readonly accuracy: number; readonly chance: number }>;
}
