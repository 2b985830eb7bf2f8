import { type CriticEstimator, type GaussianEstimator, gaussianKL } from '@factornet/mi';
import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import { codeLogLikelihoods } from './code-log-likelihoods';
import type { ObjectiveTerm } from './objective-term';
import { requireDirection } from './require-direction';
import { type RunningBound, runBound } from './running-bound';
import { trainedValue } from './trained-value';

export interface BottleneckOptions {
  /** β. Default 0.15. */
  weight?: number;
  /**
   * An upper bound on I(x; t): on the moments of q(t|x), or on the scores `log q(t_j|x_i)`, the true conditional, such as
   * `leaveOneOut()` and `club()`. Default `gaussianKL()`.
   */
  bound?: GaussianEstimator | CriticEstimator;
  /** Takes an estimator that bounds neither side, too. Default false. */
  acceptNoBound?: boolean;
}

/**
 * Each task-specific network keeps nothing but its task: `Σ_j I(x; t_j)`, by an upper bound. Reports its value in nats.
 *
 * @throws InvalidOptionError for a lower bound, and for an estimator that bounds neither side unless `acceptNoBound`
 * @example
 * const objective = [supervision(), taskInformation(), bottleneck({ weight: 0.1, bound: leaveOneOut() })];
 */
export function bottleneck({
  weight = 0.15,
  bound = gaussianKL(),
  acceptNoBound = false,
}: BottleneckOptions = {}): ObjectiveTerm {
  requireDirection({ bound, sense: 'minimise', term: 'bottleneck', acceptNoBound });
  return {
    name: 'bottleneck',
    weight,
    sense: 'minimise',
    needs: [],
    settings: { bound: bound.name },
    prepare({ tasks, codeFeatures, seed }) {
      if (bound.requires === 'gaussian') {
        const same = bound.value === bound.surrogate;
        return {
          variables: [],
          evaluate: ({ factors }) =>
            tidy(() => {
              const values = factors.map((factor) => {
                const surrogate = bound.surrogate(factor);
                return same ? surrogate : trainedValue(bound.value(factor), surrogate);
              });
              return addN(values) as Scalar;
            }),
          dispose: () => {},
        };
      }
      const running = tasks.map(({ name }) =>
        runBound(bound, { yFeatures: codeFeatures[name] as number, seed, name: `bottleneck/${name}` }),
      );
      return {
        variables: running.flatMap(({ variables }) => variables),
        state: running.flatMap(({ state }) => state),
        evaluate: ({ factors }) =>
          tidy(() => {
            const values = factors.map((factor, index) =>
              (running[index] as RunningBound).evaluate(codeLogLikelihoods(factor), factor.sample),
            );
            return addN(values) as Scalar;
          }),
        dispose: () => {
          for (const one of running) one.dispose();
        },
      };
    },
  };
}
