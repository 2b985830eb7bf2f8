import { InvalidOptionError } from '@factornet/spec';
import { pairwiseCorrelated } from './covariance';
import { gaussianTask } from './gaussian-task';
import type { BenchmarkTask } from './task';
import { elementwise, transformed } from './transform';

export interface CorrelatedGaussiansOptions {
  /** Columns of x, and of y. Default 20. */
  readonly dimensions?: number;
  /** The mutual information to have. */
  readonly nats: number;
  /** Takes y to the third power, which leaves the information as it is. Default false. */
  readonly cubic?: boolean;
}

/**
 * One step of the staircase that critics are compared on (Poole et al., arXiv 1905.06922): `x ~ N(0, I)` and
 * `y = ρ x + √(1 − ρ²) ε`, where `ρ = √(1 − e^(−2 nats / dimensions))`, so that
 * `I(x; y) = −(dimensions / 2) log(1 − ρ²) = nats`.
 *
 * @throws InvalidOptionError unless `dimensions` is a whole number from 1 and `nats` a finite one from 0
 *
 * @example
 * correlatedGaussians({ nats: 4 }).sample(64, step);
 */
export function correlatedGaussians({
  dimensions = 20,
  nats,
  cubic = false,
}: CorrelatedGaussiansOptions): BenchmarkTask {
  if (!Number.isInteger(dimensions) || dimensions < 1) {
    throw new InvalidOptionError({
      option: 'dimensions',
      expected: 'a whole number from 1',
      received: dimensions,
    });
  }
  if (!(nats >= 0 && Number.isFinite(nats))) {
    throw new InvalidOptionError({ option: 'nats', expected: 'a finite number from 0', received: nats });
  }
  const correlation = Math.sqrt(-Math.expm1((-2 * nats) / dimensions));
  const task = gaussianTask({
    name: `correlated-gaussians-${dimensions}-${nats}`,
    xFeatures: dimensions,
    yFeatures: dimensions,
    covariance: pairwiseCorrelated(dimensions, dimensions, dimensions, correlation),
  });
  if (!cubic) return task;
  return transformed(task, { name: `cubic-${task.name}`, y: elementwise('cube', (y) => y ** 3) });
}
