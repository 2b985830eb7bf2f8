import { referenceInfoMin, referenceMoments } from '@factornet/mi';
import { tidy } from '@tensorflow/tfjs';
import { gaussianCodes, sumOf } from '../gaussian-codes';
import type { ObjectiveTerm } from '../objective-term';

export interface ReferenceBottleneckOptions {
  /** β. Default 1e-3. */
  weight?: number;
}

/**
 * The bottleneck **loss of the authors' code**, for comparison with `bottleneck()`: the moments of a batch of means of t
 * are drawn to those of N(0, 1), `Σ_j (1/features) Σ_d KL( N(m_d, v_d) ‖ N(0, 1) )`, v_d the unbiased variance.
 *
 * Bounds no information: codes that are standardised cost nothing, whatever they tell. It does not see the noise of
 * q(t|x) either, which is then whatever the other terms make of it. Infinite where a feature is the same for all of a
 * batch, which stops a run with NonFiniteLossError.
 *
 * Source: Yang, Ye, Wang, arXiv 2207.03337, with `InfoMin_loss` as published.
 */
export function referenceBottleneck({ weight = 1e-3 }: ReferenceBottleneckOptions = {}): ObjectiveTerm {
  return {
    name: 'reference-bottleneck',
    weight,
    sense: 'minimise',
    needs: ['gaussian-codes'],
    prepare: () => ({
      variables: [],
      evaluate: ({ factors }) =>
        tidy(() => {
          const losses = gaussianCodes(factors).map((gaussian) => {
            const { mean, logVariance } = referenceMoments(gaussian.mean);
            return referenceInfoMin(mean, logVariance);
          });
          return sumOf(losses);
        }),
      dispose: () => {},
    }),
  };
}
