import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { digamma, logGamma } from '../special-functions/gamma-functions';
import { addProduct, covarianceFactor, equicorrelated, gaussianInformation } from './covariance';
import { gammaVariate } from './gamma-sampler';
import type { GaussianTaskOptions } from './gaussian-task';
import { type BenchmarkTask, checkCount, splitPairs } from './task';

export interface StudentTaskOptions extends Omit<GaussianTaskOptions, 'covariance'> {
  readonly degreesOfFreedom: number;
  /** Of x and then y, row by row. Default the identity; x and y depend on each other even so. */
  readonly dispersion?: Float64Array;
}

/**
 * A multivariate Student-t: `z √(ν / g)` with `z ~ N(0, S)` and one `g ~ χ²_ν` for all coordinates of x and y.
 *
 * `I(x; y) = I_Gauss(S) + h(x) + h(y) − h(x, y)` nats, with the entropy of k coordinates of identity dispersion
 * `h(k) = log Γ(ν/2) − log Γ((ν+k)/2) + (k/2) log(νπ) + ((ν+k)/2) [ψ((ν+k)/2) − ψ(ν/2)]`
 * (Arellano-Valle et al., Scandinavian Journal of Statistics 40, 2013).
 *
 * @throws InvalidOptionError unless degrees of freedom are above 0 and the dispersion is positive definite
 *
 * @example
 * studentTask({ name: 'heavy tails', xFeatures: 2, yFeatures: 2, degreesOfFreedom: 1 });
 */
export function studentTask(options: StudentTaskOptions): BenchmarkTask {
  const { name, xFeatures, yFeatures, degreesOfFreedom: freedom } = options;
  if (!(freedom > 0 && Number.isFinite(freedom))) {
    throw new InvalidOptionError({
      option: 'degreesOfFreedom',
      expected: 'a finite number above 0',
      received: freedom,
    });
  }
  const size = xFeatures + yFeatures;
  const { dispersion = equicorrelated(size, 0) } = options;
  const factor = covarianceFactor(dispersion, size);
  const entropy = (features: number) => {
    const [half, more] = [freedom / 2, (freedom + features) / 2];
    const logVolume = (features / 2) * Math.log(freedom * Math.PI) + logGamma(half) - logGamma(more);
    return logVolume + more * (digamma(more) - digamma(half));
  };
  const shared = entropy(xFeatures) + entropy(yFeatures) - entropy(size);
  return {
    name,
    xFeatures,
    yFeatures,
    mutualInformation: gaussianInformation(dispersion, xFeatures, yFeatures) + shared,
    sample(count, seed) {
      checkCount(count);
      const random = randomStream(seed, 'benchmark', name);
      const both = new Float64Array(count * size);
      const noise = new Float64Array(size);
      for (let row = 0; row < count; row++) {
        const chiSquared = 2 * gammaVariate(random, freedom / 2);
        const scale = Math.sqrt(freedom / chiSquared);
        for (let column = 0; column < size; column++) noise[column] = scale * random.normal();
        addProduct(factor, noise, both, row * size);
      }
      return splitPairs(both, xFeatures, yFeatures);
    },
  };
}
