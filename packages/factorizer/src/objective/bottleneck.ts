import { type GaussianEstimator, gaussianKL } from '@factornet/mi';
import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import type { ObjectiveTerm } from './objective-term';

export interface BottleneckOptions {
  /** β. Default 0.15. */
  weight?: number;
  /** An upper bound on I(x; t). Default `gaussianKL()`. */
  bound?: GaussianEstimator;
}

/** Each task-specific network keeps nothing but its task: `Σ_j I(x; t_j)`, by an upper bound. */
export function bottleneck({ weight = 0.15, bound = gaussianKL() }: BottleneckOptions = {}): ObjectiveTerm {
  return {
    name: 'bottleneck',
    weight,
    sense: 'minimise',
    needs: [],
    prepare: () => ({
      variables: [],
      evaluate: ({ factors }) => tidy(() => addN(factors.map((factor) => bound.surrogate(factor))) as Scalar),
      dispose: () => {},
    }),
  };
}
