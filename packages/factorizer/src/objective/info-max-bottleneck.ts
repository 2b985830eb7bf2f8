import { bottleneck } from './bottleneck';
import { commonInformation } from './common-information';
import type { ObjectiveTerm } from './objective-term';
import { supervision } from './supervision';
import { taskInformation } from './task-information';
import { transfer } from './transfer';

export interface InfoMaxBottleneckOptions {
  /** Weight of `I(x; z)`. Default 0.1. */
  alpha?: number;
  /** Weight of `I(x; t_j)`. Default 0.15: disentangles at no cost in accuracy (`pnpm bench:leakage`). */
  beta?: number;
}

/**
 * The InfoMax-Bottleneck objective, as a list of terms to take whole, reorder or extend:
 *
 * `max α·I(x; z) + Σ_j I(t_j; y_j) − β·Σ_j I(x; t_j)` with supervision and transfer of every factor.
 *
 * Source: Yang, Ye, Wang, ECCV 2022, arXiv 2207.03337.
 */
export function infoMaxBottleneck({
  alpha = 0.1,
  beta = 0.15,
}: InfoMaxBottleneckOptions = {}): ObjectiveTerm[] {
  return [
    supervision(),
    transfer(),
    commonInformation({ weight: alpha }),
    taskInformation(),
    bottleneck({ weight: beta }),
  ];
}
