import { InvalidOptionError } from '@factornet/spec';
import { bottleneck } from './bottleneck';
import { commonInformation } from './common-information';
import type { ObjectiveTerm } from './objective-term';
import { rateTarget } from './rate-target';
import { supervision } from './supervision';
import { taskInformation } from './task-information';
import { transfer } from './transfer';
import { warmedUp } from './warmed-up';

export interface InfoMaxBottleneckOptions {
  /** Weight of `I(x; z)`. Default 0.1. */
  alpha?: number;
  /** Weight of `I(x; t_j)`. Default 0.15: disentangles at no cost in accuracy (`pnpm bench:leakage`). */
  beta?: number;
  /** Each code is let alone while it tells less than `floor · H(y)` nats: see {@link bottleneck}. Default 0. */
  floor?: number;
  /** In place of a weight that stays: β is where each code tells `rate · H(y)` nats, see {@link rateTarget}; it starts from `beta`. */
  rate?: number;
  /** Share of the steps over which the bottleneck grows to its full weight: see {@link warmedUp}. Default 0: from the start. */
  warmUp?: number;
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
  beta = 0.15,
  floor = 0,
  rate,
  warmUp = 0,
}: InfoMaxBottleneckOptions = {}): ObjectiveTerm[] {
  if (rate !== undefined && floor !== 0) {
    const expected = 'left out where there is a rate, which is kept from both sides';
    throw new InvalidOptionError({ option: 'floor', expected, received: floor });
  }
  const pressure =
    rate === undefined ? bottleneck({ weight: beta, floor }) : rateTarget({ rate, start: beta });
  return [
    supervision(),
    transfer(),
    commonInformation({ weight: alpha }),
    taskInformation(),
    warmUp === 0 ? pressure : warmedUp(pressure, { share: warmUp }),
  ];
}
