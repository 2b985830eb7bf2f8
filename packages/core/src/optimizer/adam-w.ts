import type { AdamOptions } from './adam';
import { composeOptimizer } from './compose-optimizer';
import type { Optimizer } from './optimizer';
import { adaptiveMoments } from './transformations/adaptive-moments';
import { type Decays, decoupledDecay } from './transformations/weight-decay';

export interface AdamWOptions extends AdamOptions {
  /** Weights shrink by learningRate · weightDecay at each step. Default 0.01. */
  weightDecay?: number;
  /** Which variables shrink; `onlyKernels` leaves out biases and normalization. Default: all. */
  decays?: Decays;
}

/**
 * Adam whose weights shrink beside its steps, not within its gradients: {@link adaptiveMoments} and
 * {@link decoupledDecay}.
 *
 * @example
 * adamW({ learningRate: 3e-3, weightDecay: 0.02, decays: onlyKernels });
 *
 * Source: Loshchilov, Hutter, arXiv 1711.05101.
 */
export function adamW({
  learningRate = 2e-3,
  weightDecay = 0.01,
  decays,
  ...moments
}: AdamWOptions = {}): Optimizer {
  return composeOptimizer(
    { name: 'adamW', learningRate, settings: { ...moments, weightDecay, decays: decays?.name } },
    [adaptiveMoments(moments), decoupledDecay({ weightDecay, decays })],
  );
}
