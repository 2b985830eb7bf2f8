import { randomStream } from '@factornet/core/training';
import { addProduct, covarianceFactor, gaussianInformation } from './covariance';
import { type BenchmarkTask, checkCount, splitPairs } from './task';

export interface GaussianTaskOptions {
  readonly name: string;
  readonly xFeatures: number;
  readonly yFeatures: number;
  /** Of x and then y, `[xFeatures + yFeatures]²` row by row. */
  readonly covariance: Float64Array;
}

/**
 * `(x, y) ~ N(0, S)`, with `I(x; y) = ½ [log det S_xx + log det S_yy − log det S]` nats.
 *
 * @throws InvalidOptionError unless the covariance is positive definite and of that size
 *
 * @example
 * gaussianTask({ name: 'pairs', xFeatures: 1, yFeatures: 1, covariance: Float64Array.of(1, 0.5, 0.5, 1) });
 */
export function gaussianTask({ name, xFeatures, yFeatures, covariance }: GaussianTaskOptions): BenchmarkTask {
  const size = xFeatures + yFeatures;
  const factor = covarianceFactor(covariance, size);
  return {
    name,
    xFeatures,
    yFeatures,
    mutualInformation: gaussianInformation(covariance, xFeatures, yFeatures),
    sample(count, seed) {
      checkCount(count);
      const random = randomStream(seed, 'benchmark', name);
      const both = new Float64Array(count * size);
      const noise = new Float64Array(size);
      for (let row = 0; row < count; row++) {
        for (let column = 0; column < size; column++) noise[column] = random.normal();
        addProduct(factor, noise, both, row * size);
      }
      return splitPairs(both, xFeatures, yFeatures);
    },
  };
}
