import { type CriticEstimator, type GaussianEstimator, gaussianKL } from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
import { type Scalar, tidy } from '@tensorflow/tfjs';
import { codeLogLikelihoods } from './code-log-likelihoods';
import { gaussianCodes, sumOf } from './gaussian-codes';
import type { FactorPass, ObjectiveTerm } from './objective-term';
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
  /**
   * Each code is let alone while it tells less than this share of what its label has to tell, `floor · H(y)` nats; 1 is
   * what a code of the label alone needs. Default 0: pressed whatever it tells, so that a code can die.
   */
  floor?: number;
  /** Takes an estimator that bounds neither side, too. Default false. */
  acceptNoBound?: boolean;
}

/**
 * Each task-specific network keeps nothing but its task: `Σ_j I(x; t_j)`, by an upper bound. Reports its value in nats.
 * With a floor, what trains is `Σ_j max(I(x; t_j), floor · H(y_j))`: free nats per code, where those of `gaussianKL` are
 * per dimension.
 *
 * @throws InvalidOptionError for a floor below 0
 * @throws InvalidOptionError for a lower bound, and for an estimator that bounds neither side unless `acceptNoBound`
 * @example
 * const objective = [supervision(), taskInformation(), bottleneck({ weight: 0.1, bound: leaveOneOut() })];
 */
export function bottleneck({
  weight = 0.15,
  bound = gaussianKL(),
  floor = 0,
  acceptNoBound = false,
}: BottleneckOptions = {}): ObjectiveTerm {
  requireDirection({ bound, sense: 'minimise', term: 'bottleneck', acceptNoBound });
  if (!(floor >= 0)) {
    throw new InvalidOptionError({ option: 'floor', expected: 'a number of at least 0', received: floor });
  }
  return {
    name: 'bottleneck',
    weight,
    sense: 'minimise',
    needs: ['gaussian-codes'],
    settings: { bound: bound.name, floor },
    prepare({ tasks, codeFeatures, labelEntropy, seed }) {
      /** The bound of one code, which presses above the floor only. */
      const floored = (value: Scalar, { task }: Pick<FactorPass, 'task'>): Scalar => {
        const entropy = labelEntropy[task.name] as number;
        return floor === 0 ? value : trainedValue(value, value.maximum(floor * entropy));
      };
      if (bound.requires === 'gaussian') {
        const same = bound.value === bound.surrogate;
        return {
          variables: [],
          evaluate: ({ factors }) =>
            tidy(() => {
              const values = gaussianCodes(factors).map((factor) => {
                const surrogate = bound.surrogate(factor);
                return floored(same ? surrogate : trainedValue(bound.value(factor), surrogate), factor);
              });
              return sumOf(values);
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
            const values = gaussianCodes(factors).map((factor) => {
              const own = running[tasks.indexOf(factor.task)] as RunningBound;
              return floored(own.evaluate(codeLogLikelihoods(factor), factor.sample), factor);
            });
            return sumOf(values);
          }),
        dispose: () => {
          for (const one of running) one.dispose();
        },
      };
    },
  };
}
