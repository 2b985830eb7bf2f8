import type { Machine } from '../wasm/machine';
import type { Settings } from './jobs';
import type { StaircaseJob, StaircaseResult } from './staircase/job';
import type { TaskJob, TaskResult } from './tasks/job';

/** `results.json`: everything that the page is made of. */
export interface BenchmarkResults {
  readonly machine: Machine;
  readonly settings: Settings;
  readonly staircases: readonly { readonly job: StaircaseJob; readonly result: StaircaseResult }[];
  readonly tasks: readonly { readonly job: TaskJob; readonly result: TaskResult }[];
}
