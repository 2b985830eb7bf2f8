import type { FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { PairedSamples } from '../estimator';

/** A distribution of pairs (x, y), to draw from. */
export interface PairSource {
  readonly name: string;
  readonly xFeatures: number;
  readonly yFeatures: number;
  /**
   * `count` independent pairs: x `[count, xFeatures]`, y `[count, yFeatures]`. Equal seeds give equal pairs.
   *
   * @throws InvalidOptionError unless `count` is a whole number from 1
   */
  sample(count: number, seed: number): PairedSamples;
}

/** A distribution of pairs whose mutual information is known: what estimators are measured with. */
export interface BenchmarkTask extends PairSource {
  /** Exact, in nats. */
  readonly mutualInformation: number;
}

/** @throws InvalidOptionError unless `count` is a whole number from 1 */
export function checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new InvalidOptionError({ option: 'count', expected: 'a whole number from 1', received: count });
}

/** x and y from rows of both, `[count, xFeatures + yFeatures]`. */
export function splitPairs(both: Float64Array, xFeatures: number, yFeatures: number): PairedSamples {
  const width = xFeatures + yFeatures;
  const rows = both.length / width;
  const x = new Float64Array(rows * xFeatures);
  const y = new Float64Array(rows * yFeatures);
  for (let row = 0; row < rows; row++) {
    x.set(both.subarray(row * width, row * width + xFeatures), row * xFeatures);
    y.set(both.subarray(row * width + xFeatures, (row + 1) * width), row * yFeatures);
  }
  const matrix = (data: Float64Array, columns: number): FeatureMatrix => ({ rows, columns, data });
  return { x: matrix(x, xFeatures), y: matrix(y, yFeatures) };
}
