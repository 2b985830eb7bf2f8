import { commonInformation } from './common-information';
import type { ObjectiveTerm } from './objective-term';
import { type RateControlOptions, rateControl } from './rate-control';
import { supervision } from './supervision';
import { taskInformation } from './task-information';
import { transfer } from './transfer';

/** By default no floor. */
export interface InfoMaxBottleneckOptions extends RateControlOptions {
  /** Weight of `I(x; z)`. Default 0.1. */
  alpha?: number;
}

/**
 * The InfoMax-Bottleneck objective, as a list of terms to take whole, reorder or extend:
 *
 * `max α·I(x; z) + Σ_j I(t_j; y_j) − β·Σ_j I(x; t_j)` with supervision and transfer of every factor.
 *
 * @throws InvalidOptionError for a rate and a floor at once, and as `bottleneck`, `rateTarget` and `warmedUp`
 *
 * Source: Yang, Ye, Wang, ECCV 2022, arXiv 2207.03337.
 */
export function infoMaxBottleneck({
  alpha = 0.1,
  ...control
}: InfoMaxBottleneckOptions = {}): ObjectiveTerm[] {
  return [
    supervision(),
    transfer(),
    commonInformation({ weight: alpha }),
    taskInformation(),
    rateControl(control, { usualFloor: 0 }),
  ];
}
