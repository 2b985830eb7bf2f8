import type { ObjectiveTerm } from './objective-term';
import { type RateControlOptions, rateControl } from './rate-control';
import { supervision } from './supervision';
import { taskInformation } from './task-information';
import { transfer } from './transfer';

/** Of a Gaussian code the floor is H(y) by default, so that none dies of its bottleneck. */
export interface FactorObjectiveOptions extends RateControlOptions {
  /** Weight of the teacher's softened answers, for the head and for what the code says by itself. Default 1. */
  transferWeight?: number;
  /** T that the teacher's logits are divided by. Default 10. */
  temperature?: number;
}

/**
 * The objective of factors on a common network that is frozen: labels and the teacher's softened answers, both for the head
 * and for what the code says by itself,
 *
 * `min [loss + λ·KL to the teacher](head(fusion(z, t))) + [loss + λ·KL to the teacher](t alone)`.
 *
 * What a categorical code tells is bounded by its kind, so there is no further term for it; of a Gaussian code
 * `β · I(x; t)` is pressed on above its floor. Without a teacher, labels alone.
 *
 * @throws InvalidOptionError as `infoMaxBottleneck`
 */
export function factorObjective({
  transferWeight = 1,
  temperature = 10,
  ...control
}: FactorObjectiveOptions = {}): ObjectiveTerm[] {
  return [
    supervision(),
    transfer({ weight: transferWeight, temperature, outputTemperature: 1 }),
    taskInformation({ transferWeight, temperature }),
    rateControl(control, { usualFloor: 1 }),
  ];
}
