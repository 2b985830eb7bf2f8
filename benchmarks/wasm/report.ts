import type { KernelFigure } from './kernels';
import type { Machine } from './machine';
import type { StepOverForward, StepOverForwardNetwork } from './step-over-forward';
import type { StepSpeedupOverCpu } from './step-speedup-over-cpu';
import type { WorkerSpeedup } from './worker-speedup';

type PerNetwork<Value> = Partial<Record<StepOverForwardNetwork, Value>>;

/** What `--json` prints. With `--only`, the other figures are absent. */
export interface Report {
  readonly machine: Machine;
  /** Whether few repeats were made; such figures are noisier. */
  readonly quick: boolean;
  readonly seconds: number;
  readonly stepSpeedupOverCpu?: number;
  readonly stepOverForward?: PerNetwork<number>;
  readonly stepOverForwardAdam?: PerNetwork<number>;
  readonly workerSpeedup?: WorkerSpeedup['workerSpeedup'];
  readonly kernels?: readonly KernelFigure[];
  /** The medians behind the ratios. */
  readonly milliseconds: {
    readonly stepSpeedupOverCpu?: StepSpeedupOverCpu['milliseconds'];
    readonly stepOverForward?: PerNetwork<StepOverForward['milliseconds']>;
    readonly workerSpeedup?: WorkerSpeedup['milliseconds'];
  };
}
