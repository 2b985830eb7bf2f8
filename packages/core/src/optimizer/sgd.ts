import { InvalidOptionError } from '@factornet/spec';
import { composeOptimizer } from './compose-optimizer';
import type { Optimizer } from './optimizer';
import { momentum as withMomentum } from './transformations/momentum';
import { coupledDecay, type Decays } from './transformations/weight-decay';

export interface SgdOptions {
  /** Default 0.01. */
  learningRate?: number;
  /** Share of the velocity that stays at each step, in [0, 1). Default 0. */
  momentum?: number;
  /** With momentum: looks one step ahead. Default false. */
  nesterov?: boolean;
  /** Adds weightDecay times the weights to their gradient. Default 0. */
  weightDecay?: number;
  /** Which variables decay; `onlyKernels` leaves out biases and normalization. Default: all. */
  decays?: Decays;
}

/**
 * Steps along the gradient, with {@link momentum} and {@link coupledDecay} where they are asked for.
 *
 * @throws InvalidOptionError for numbers that are none of these, and for `nesterov` without momentum
 * @example
 * sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 5e-4 });
 *
 * Source: the equations of `torch.optim.SGD`.
 */
export function sgd({
  learningRate = 0.01,
  momentum = 0,
  nesterov = false,
  weightDecay = 0,
  decays,
}: SgdOptions = {}): Optimizer {
  if (nesterov && momentum === 0) {
    throw new InvalidOptionError({
      option: 'momentum',
      expected: 'above 0 with nesterov',
      received: momentum,
    });
  }
  return composeOptimizer(
    {
      name: 'sgd',
      learningRate,
      settings: { momentum, nesterov, weightDecay, decays: decays?.name },
    },
    [
      ...(weightDecay === 0 ? [] : [coupledDecay({ weightDecay, decays })]),
      ...(momentum === 0 ? [] : [withMomentum({ momentum, nesterov })]),
    ],
  );
}
