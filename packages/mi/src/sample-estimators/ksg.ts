import { integerAt, numberAt } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { PairedSamples, SampleEstimator, SampleMeasurement } from '../estimator';
import { digamma, digammaTable } from '../special-functions/gamma-functions';
import { type ContinuousOptions, checkPairs, prepareContinuous } from './continuous-samples';
import { checkNorm, type Norm } from './distances';
import { type NeighbourCounts, neighbourCounts } from './neighbour-counts';

export interface KsgOptions extends ContinuousOptions {
  /** Neighbours: few for little bias, many for little variance. Of several, estimates are averaged. Default 3. */
  readonly k?: number | readonly number[];
  /** Kraskov's first estimator, of one radius for x and y, or his second, of one for each. Default 1. */
  readonly type?: 1 | 2;
  /** Within x and within y; between the two it is always the larger distance that counts. Default `'max'`. */
  readonly norm?: Norm;
  /** Turns negative estimates, which independent variables give half of the time, into 0, for each k. Default false. */
  readonly clamp?: boolean;
}

export interface KsgMeasurement extends SampleMeasurement {
  /** The mean of those below, in nats. */
  readonly value: number;
  readonly byNeighbours: readonly { readonly k: number; readonly value: number }[];
  /** Rows of x and of y that are equal to an earlier one. */
  readonly duplicates: { readonly x: number; readonly y: number };
}

export interface KsgEstimator extends SampleEstimator {
  /** The value with what it was made of. */
  measure(samples: PairedSamples): KsgMeasurement;
}

/**
 * The k-nearest-neighbour estimator of Kraskov, Stögbauer and Grassberger (arXiv cond-mat/0305641), in nats:
 *
 * - type 1: `ψ(k) + ψ(N) − mean_i [ψ(n_x + 1) + ψ(n_y + 1)]`, where `n_x` counts the other rows strictly nearer in x
 *   than the k-th neighbour is in the joint space;
 * - type 2: `ψ(k) − 1/k + ψ(N) − mean_i [ψ(n_x) + ψ(n_y)]`, where `n_x` counts those at most as far in x as the
 *   farthest in x of the k neighbours.
 *
 * No bound. Nearly unbiased for few dimensions and little information. It reads low from about five dimensions on, with
 * heavy tails, and near its cap. x `[N, xFeatures]` and y `[N, yFeatures]` are to be continuous. A variable that does
 * not vary has 0 nats.
 *
 * `value` and `measure` throw a ShapeMismatchError for x and y of different lengths, and an InvalidOptionError unless
 * there are more rows than neighbours, all numbers are finite, and few rows repeat.
 *
 * @throws InvalidOptionError unless each `k` is a whole number from 1
 *
 * @example
 * ksg({ k: [5, 10] }).value({ x: featureMatrix(heights), y: featureMatrix(weights) });
 */
export function ksg(options: KsgOptions = {}): KsgEstimator {
  const { k = 3, type = 1, norm = 'max', clamp = false } = options;
  const ks = typeof k === 'number' ? [k] : [...k];
  const isWhole = ks.every((each) => Number.isInteger(each) && each >= 1);
  if (ks.length === 0 || !isWhole) {
    throw new InvalidOptionError({
      option: 'k',
      expected: 'a whole number from 1, or several',
      received: k,
    });
  }
  if (type !== 1 && type !== 2) {
    throw new InvalidOptionError({ option: 'type', expected: '1 or 2', received: type });
  }
  checkNorm(norm);
  const most = Math.max(...ks);
  const measure = (samples: PairedSamples): KsgMeasurement => {
    checkPairs(samples);
    const { rows } = samples.x;
    if (rows <= most) {
      throw new InvalidOptionError({
        option: 'k',
        expected: `below the number of rows, ${rows}`,
        received: most,
      });
    }
    const x = prepareContinuous('x', samples.x, options);
    const y = prepareContinuous('y', samples.y, options);
    const duplicates = { x: x.duplicates, y: y.duplicates };
    if (x.points.columns === 0 || y.points.columns === 0) {
      return { value: 0, byNeighbours: ks.map((each) => ({ k: each, value: 0 })), duplicates };
    }
    const psi = digammaTable(rows);
    const radius = type === 1 ? 'joint' : 'each';
    const counted = neighbourCounts(x.points, y.points, { ks, radius, norm });
    const byNeighbours = counted.map((counts) => {
      const value = (type === 1 ? firstEstimate : secondEstimate)(counts, psi);
      return { k: counts.k, value: clamp ? Math.max(0, value) : value };
    });
    const value = byNeighbours.reduce((sum, each) => sum + each.value, 0) / ks.length;
    const fewest = counted[ks.indexOf(Math.min(...ks))] as NeighbourCounts;
    const neighbours = { k: fewest.k, x: median(fewest.x), y: median(fewest.y) };
    return { value, byNeighbours, duplicates, neighbours };
  };
  return {
    name: type === 1 ? 'ksg' : 'ksg2',
    direction: 'neither',
    requires: 'samples',
    measure,
    value: (samples) => measure(samples).value,
    // Each row has its neighbours within the radius, in x and in y.
    cap: (size) =>
      ks.reduce((sum, each) => sum + digamma(size) - digamma(each) - (type === 1 ? 0 : 1 / each), 0) /
      ks.length,
  };
}

function median(counts: Int32Array): number {
  return integerAt(counts.slice().sort(), counts.length >> 1);
}

/** `ψ(k) + ψ(N) − mean [ψ(n_x + 1) + ψ(n_y + 1)]` */
function firstEstimate({ k, x, y }: NeighbourCounts, psi: Float64Array): number {
  let sum = 0;
  for (const counts of [x, y]) for (const n of counts) sum += numberAt(psi, n + 1);
  return numberAt(psi, k) + numberAt(psi, x.length) - sum / x.length;
}

/** `ψ(k) − 1/k + ψ(N) − mean [ψ(n_x) + ψ(n_y)]` */
function secondEstimate({ k, x, y }: NeighbourCounts, psi: Float64Array): number {
  let sum = 0;
  for (const counts of [x, y]) for (const n of counts) sum += numberAt(psi, n);
  return numberAt(psi, k) - 1 / k + numberAt(psi, x.length) - sum / x.length;
}
