import { InvalidOptionError } from '@factornet/spec';
import { bottleneck } from './bottleneck';
import type { ObjectiveTerm } from './objective-term';
import { rateTarget } from './rate-target';
import { warmedUp } from './warmed-up';

/** How what Gaussian codes tell about the picture is held in check. */
export interface RateControlOptions {
  /** Weight of `I(x; t_j)`. Default 0.15. */
  beta?: number;
  /** Each code is let alone while it tells less than `floor · H(y)` nats: see {@link bottleneck}. */
  floor?: number;
  /**
   * In place of a weight that stays: β is where each code tells `rate · H(y)` nats, see {@link rateTarget}; it starts from
   * `beta`. A target holds from both sides, so that there is no floor then.
   */
  rate?: number;
  /** Share of the steps over which the bottleneck grows to its full weight: see {@link warmedUp}. Default 0: from the start. */
  warmUp?: number;
}

/** @throws InvalidOptionError for a rate and a floor at once, and as `bottleneck`, `rateTarget` and `warmedUp` */
export function rateControl(
  { beta = 0.15, floor, rate, warmUp = 0 }: RateControlOptions,
  { usualFloor }: { usualFloor: number },
): ObjectiveTerm {
  if (rate !== undefined && floor !== undefined) {
    const expected = 'left out where there is a rate, which is held from both sides';
    throw new InvalidOptionError({ option: 'floor', expected, received: floor });
  }
  const pressure =
    rate === undefined
      ? bottleneck({ weight: beta, floor: floor ?? usualFloor })
      : rateTarget({ rate, start: beta });
  return warmUp === 0 ? pressure : warmedUp(pressure, { share: warmUp });
}
