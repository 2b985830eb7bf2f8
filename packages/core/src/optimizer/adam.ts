import { composeOptimizer } from './compose-optimizer';
import type { Optimizer } from './optimizer';
import { type AdaptiveMomentsOptions, adaptiveMoments } from './transformations/adaptive-moments';

export interface AdamOptions extends AdaptiveMomentsOptions {
  /** Default 2e-3. */
  learningRate?: number;
}

/**
 * Steps of about the learning rate for each weight, whatever the size of its gradient: {@link adaptiveMoments}.
 *
 * Source: Kingma, Ba, arXiv 1412.6980.
 */
export function adam({ learningRate = 2e-3, ...settings }: AdamOptions = {}): Optimizer {
  return composeOptimizer({ name: 'adam', learningRate, settings }, [adaptiveMoments(settings)]);
}
