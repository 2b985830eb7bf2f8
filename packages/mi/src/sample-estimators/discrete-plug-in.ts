import { checkFinite } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { PairedSamples, SampleEstimator } from '../estimator';
import { checkPairs } from './continuous-samples';
import { rowLevels } from './levels';
import { measureCounts } from './measure-counts';

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
 * read from counts: the estimate is near its cap then, the smaller one of H(x) and H(y), whatever the truth. `estimate` warns
 * of both, and counts the bias that was not subtracted into the standard error.
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
  const measure = (samples: PairedSamples) => {
    checkPairs(samples);
    checkFinite('x', samples.x);
    checkFinite('y', samples.y);
    return measureCounts(rowLevels(samples.x), rowLevels(samples.y), correction !== 'none');
  };
  return {
    name: 'discretePlugIn',
    direction: 'neither',
    requires: 'samples',
    measure,
    value: (samples) => measure(samples).value,
    cap: (size) => Math.log(size),
  };
}
