import { type Tensor1D, tidy } from '@tensorflow/tfjs';
import type { Baseline } from '../baseline';
import { createProjection } from '../critics/projection';

export interface LearnedBaselineOptions {
  /** Units of the hidden ReLU layers; `[]` makes log a linear in y. Default [256, 256]. */
  hidden?: readonly number[];
}

/**
 * A multi-layer perceptron as baseline of `tuba()` and `interpolated()`: `log a(y)`, one number per y.
 *
 * Source: Poole et al., arXiv 1905.06922.
 *
 * @example
 * const estimator = tuba({ baseline: learnedBaseline() });
 */
export function learnedBaseline({ hidden = [256, 256] }: LearnedBaselineOptions = {}): Baseline {
  return {
    name: 'learned',
    create({ yFeatures, seed, name }) {
      const network = createProjection({ sizes: [yFeatures, ...hidden, 1], seed, name });
      return {
        logBaseline: (y) => tidy(() => network.apply(y).squeeze([1]) as Tensor1D),
        variables: network.variables,
        dispose: () => {
          for (const variable of network.variables) variable.dispose();
        },
      };
    },
  };
}
