import { checkFinite, discreteMutualInformation } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { PairedSamples, SampleEstimator } from '../estimator';
import { checkPairs } from './continuous-samples';
import { rowLevels } from './levels';

export interface DiscretePlugInOptions {
  /** `'miller-madow'` subtracts the leading term of the bias. Default `'none'`. */
  readonly correction?: 'none' | 'miller-madow';
}

/**
 * The plug-in estimate for discrete variables, from joint counts: `Σ_ab (n_ab / N) · log(N · n_ab / (n_a · n_b))` nats.
 * Equal rows are one level.
 *
 * It reads high, by about `(levels_ab − levels_a − levels_b + 1) / 2N` where levels are those seen; Miller and Madow's
 * correction (1955) subtracts that, and may give less than 0. Where most joint levels are seen only once, nothing can be
 * read from counts: both estimates are near log N then, whatever the truth.
 *
 * `value` throws a ShapeMismatchError for x and y of different lengths, and an InvalidOptionError for a number that is
 * not finite.
 *
 * @example
 * discretePlugIn().value({ x: featureMatrix([0, 0, 1, 1]), y: featureMatrix([5, 5, 7, 7]) }); // log 2
 */
export function discretePlugIn({ correction = 'none' }: DiscretePlugInOptions = {}): SampleEstimator {
  if (correction !== 'none' && correction !== 'miller-madow') {
    throw new InvalidOptionError({
      option: 'correction',
      expected: '"none" or "miller-madow"',
      received: correction,
    });
  }
  return {
    name: 'discretePlugIn',
    direction: 'neither',
    requires: 'samples',
    value(samples: PairedSamples): number {
      checkPairs(samples);
      checkFinite('x', samples.x);
      checkFinite('y', samples.y);
      const [x, y] = [rowLevels(samples.x), rowLevels(samples.y)];
      const nats = discreteMutualInformation(x, y);
      return correction === 'none' ? nats : nats - millerMadow(x, y);
    },
    cap: (size) => Math.log(size),
  };
}

function millerMadow(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const levels = (values: ArrayLike<number>) => new Set(Array.from(values)).size;
  const joint = new Set(Array.from(x, (value, row) => `${value},${y[row]}`)).size;
  return (joint - levels(x) - levels(y) + 1) / (2 * x.length);
}
