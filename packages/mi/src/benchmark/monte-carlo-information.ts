import type { MixtureTask } from './mixture-task';
import { checkCount } from './task';

export interface MonteCarloOptions {
  /** Default 100 000. */
  readonly samples?: number;
  /** Default 0. */
  readonly seed?: number;
}

export interface MonteCarloInformation {
  /** In nats. */
  readonly value: number;
  readonly standardError: number;
}

/**
 * The mutual information of a distribution with known densities, as the mean of `log p(x, y) − log p(x) − log p(y)` over
 * fresh pairs: unbiased, with its standard error, in nats.
 *
 * @throws InvalidOptionError unless `samples` is a whole number from 1
 *
 * @example
 * const { value, standardError } = monteCarloInformation(task, { samples: 1_000_000 });
 */
export function monteCarloInformation(
  task: MixtureTask,
  { samples = 100_000, seed = 0 }: MonteCarloOptions = {},
): MonteCarloInformation {
  checkCount(samples);
  const values = task.pointwiseInformation(samples, seed);
  const value = values.reduce((sum, each) => sum + each, 0) / samples;
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / samples;
  return { value, standardError: Math.sqrt(variance / samples) };
}
