import { checkFinite, type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { PairedSamples } from '../estimator';
import { checkPairs } from '../sample-estimators/continuous-samples';
import type { Samples } from './estimate-options';

/**
 * Pairs of samples as matrices.
 *
 * @throws ShapeMismatchError for x and y of different lengths, or ragged rows
 * @throws InvalidOptionError if there are none, or a number is not finite
 */
export function readSamples({ x, y }: { x: Samples; y: Samples }): PairedSamples {
  const pairs = { x: toMatrix('x', x), y: toMatrix('y', y) };
  checkPairs(pairs);
  checkFinite('x', pairs.x);
  checkFinite('y', pairs.y);
  return pairs;
}

function toMatrix(what: string, samples: Samples): FeatureMatrix {
  if (samples === null || typeof samples !== 'object') {
    throw new InvalidOptionError({ option: what, expected: 'a matrix or an array', received: samples });
  }
  return 'data' in samples ? samples : featureMatrix(samples);
}

/** Whether all rows are equal, so that they tell nothing. */
export function isConstant({ columns, data }: FeatureMatrix): boolean {
  for (let index = columns; index < data.length; index++) {
    if (data[index] !== data[index % columns]) return false;
  }
  return true;
}
