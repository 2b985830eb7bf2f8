import { type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { CriticEstimator, Direction } from '../estimator';
import { donskerVaradhan } from './donsker-varadhan';
import { jensenShannonObjective } from './jensen-shannon-objective';
import { nwj } from './nwj';
import { smile } from './smile';

/**
 * How a critic that was trained to be the log density ratio is read, in nats:
 *
 * - `'nwj'`: `1 + D − exp L`, a lower bound that is exact at the best critic, in expectation even for a batch;
 * - `'donskerVaradhan'`: `D − L`, which does not mind a constant offset of the critic, but is biased upwards in a batch;
 * - `'smile'`: as `smile({ tau })`;
 * - `'reference'`: `D − exp(L − 1)`, the published notebook's reading, which gives a critic of the log ratio to a bound
 *   whose best critic is 1 + the log ratio, so that it is 1/e = 0.37 nats too low at the best critic. For comparison
 *   with numbers obtained that way only.
 */
export type JensenShannonReading = 'nwj' | 'donskerVaradhan' | 'smile' | 'reference';

export interface JensenShannonOptions {
  /** Default `'nwj'`. */
  reading?: JensenShannonReading;
  /** τ of the reading `'smile'`. Default 5. */
  tau?: number;
}

/**
 * The Jensen–Shannon estimator: a critic trained by {@link jensenShannonObjective}, which makes it the log density
 * ratio `log p(x, y)/(p(x) p(y))`, read in nats from scores `[batch, batch]`, by default as
 *
 * `I(x; y) ≥ 1 + (1/B) Σ_i f(x_i, y_i) − 1/(B(B−1)) Σ_{i≠j} exp f(x_i, y_j)`.
 *
 * The surrogate is the objective J, stable at any amount of information; it is not in nats.
 *
 * `value` and `surrogate` throw ShapeMismatchError for scores that are not square, InvalidOptionError for a batch
 * of 1. The mean of exponentials is capped at exp 80.
 *
 * Source: Hjelm et al., arXiv 1808.06670; readings: Poole et al., arXiv 1905.06922, Song, Ermon, arXiv 1910.06222.
 *
 * @example
 * const estimator = jensenShannon();
 * optimizer.minimize(() => estimator.surrogate(critic.scores(x, y)).neg());
 * const nats = estimator.value(critic.scores(x, y));
 */
export function jensenShannon({ reading = 'nwj', tau = 5 }: JensenShannonOptions = {}): CriticEstimator {
  const { value, direction } = read(reading, tau);
  return { name: 'jensenShannon', direction, requires: 'scores', value, surrogate: jensenShannonObjective };
}

function read(
  reading: JensenShannonReading,
  tau: number,
): { value: (scores: Tensor2D) => Scalar; direction: Direction } {
  switch (reading) {
    case 'donskerVaradhan':
      return donskerVaradhan();
    case 'smile':
      return smile({ tau });
    case 'reference':
      return nwj();
    default:
      return {
        value: (scores) => tidy(() => nwj().value(scores.add(1) as Tensor2D)),
        direction: 'lower',
      };
  }
}
