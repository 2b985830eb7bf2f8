import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { type BenchmarkTask, checkCount, splitPairs } from './task';

/**
 * `x ~ U(0, 1)`, `y = x + U(−ε, ε)`, with `I(x; y) = ε − log 2ε` nats for `ε ≤ ½`, else `1 / 4ε`.
 *
 * @throws InvalidOptionError unless ε is above 0
 *
 * @example
 * additiveUniformTask({ name: 'noisy', epsilon: 0.1 });
 */
export function additiveUniformTask({ name, epsilon }: { name: string; epsilon: number }): BenchmarkTask {
  if (!(epsilon > 0 && Number.isFinite(epsilon))) {
    throw new InvalidOptionError({
      option: 'epsilon',
      expected: 'a finite number above 0',
      received: epsilon,
    });
  }
  return {
    name,
    xFeatures: 1,
    yFeatures: 1,
    mutualInformation: epsilon <= 0.5 ? epsilon - Math.log(2 * epsilon) : 1 / (4 * epsilon),
    sample(count, seed) {
      checkCount(count);
      const random = randomStream(seed, 'benchmark', name);
      const both = new Float64Array(2 * count);
      for (let row = 0; row < count; row++) {
        const x = random.uniform();
        both[2 * row] = x;
        both[2 * row + 1] = x + epsilon * (2 * random.uniform() - 1);
      }
      return splitPairs(both, 1, 1);
    },
  };
}
