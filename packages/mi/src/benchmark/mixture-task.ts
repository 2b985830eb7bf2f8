import { numberAt } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { PairedSamples } from '../estimator';
import { diagonalBlock, logDeterminant } from '../special-functions/cholesky';
import { addProduct, covarianceFactor } from './covariance';
import { checkCount, type PairSource, splitPairs } from './task';
import type { Transform } from './transform';

/** A distribution whose mutual information is the mean of something that can be drawn. */
export interface MixtureTask extends PairSource {
  /** `log p(x, y) − log p(x) − log p(y)` in nats of `count` pairs, whose mean is the mutual information. */
  pointwiseInformation(count: number, seed: number): Float64Array;
}

export interface GaussianComponent {
  readonly weight: number;
  /** Of x and then y. */
  readonly mean: readonly number[];
  /** Of x and then y, row by row. */
  readonly covariance: Float64Array;
}

export interface MixtureTaskOptions {
  readonly name: string;
  readonly xFeatures: number;
  readonly yFeatures: number;
  readonly components: readonly GaussianComponent[];
  /** One-to-one maps, after which the information is the same. */
  readonly x?: Transform;
  readonly y?: Transform;
}

/**
 * `(x, y) ~ Σ_c w_c N(m_c, S_c)`, mapped one to one. There is no closed form for its information, but its densities are
 * known: see {@link monteCarloInformation}.
 *
 * @throws InvalidOptionError unless weights add up to 1, means have a number per column, and covariances are positive
 *   definite
 */
export function gaussianMixtureTask(options: MixtureTaskOptions): MixtureTask {
  const { name, xFeatures, yFeatures, components, x: mapX, y: mapY } = options;
  const size = xFeatures + yFeatures;
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  if (Math.abs(total - 1) > 1e-9 || components.some(({ weight }) => weight < 0)) {
    throw new InvalidOptionError({
      option: 'weights',
      expected: 'numbers from 0 that add up to 1',
      received: components.map(({ weight }) => weight),
    });
  }
  for (const { mean } of components) {
    if (mean.length === size) continue;
    throw new InvalidOptionError({ option: 'mean', expected: `${size} numbers`, received: mean });
  }
  const factors = components.map(({ covariance }) => covarianceFactor(covariance, size));
  const densities = [
    [0, size],
    [0, xFeatures],
    [xFeatures, size],
  ].map(([from, to]) => mixtureDensity(components, size, from as number, to as number));
  /** Rows of x and y before the maps. */
  const draw = (count: number, seed: number): Float64Array => {
    checkCount(count);
    const random = randomStream(seed, 'benchmark', name);
    const both = new Float64Array(count * size);
    const noise = new Float64Array(size);
    for (let row = 0; row < count; row++) {
      let [chosen, left] = [0, random.uniform()];
      while (chosen < components.length - 1) {
        left -= components[chosen]?.weight as number;
        if (left < 0) break;
        chosen++;
      }
      both.set(components[chosen]?.mean as readonly number[], row * size);
      for (let column = 0; column < size; column++) noise[column] = random.normal();
      addProduct(factors[chosen] as Float64Array, noise, both, row * size);
    }
    return both;
  };
  return {
    name,
    xFeatures: mapX?.features(xFeatures) ?? xFeatures,
    yFeatures: mapY?.features(yFeatures) ?? yFeatures,
    sample(count, seed): PairedSamples {
      const { x, y } = splitPairs(draw(count, seed), xFeatures, yFeatures);
      return { x: mapX?.apply(x) ?? x, y: mapY?.apply(y) ?? y };
    },
    pointwiseInformation(count, seed) {
      const both = draw(count, seed);
      const [joint, ofX, ofY] = densities as [LogDensity, LogDensity, LogDensity];
      return Float64Array.from({ length: count }, (_, row) => {
        const point = both.subarray(row * size, (row + 1) * size);
        return joint(point) - ofX(point) - ofY(point);
      });
    },
  };
}

type LogDensity = (point: Float64Array) => number;

/** The log-density of coordinates `from` to `to`, given a point with all of them. */
function mixtureDensity(
  components: readonly GaussianComponent[],
  size: number,
  from: number,
  to: number,
): LogDensity {
  const width = to - from;
  const parts = components.map(({ weight, mean, covariance }) => {
    const factor = covarianceFactor(diagonalBlock(covariance, size, from, to), width);
    const logScale = Math.log(weight) - (width * Math.log(2 * Math.PI) + logDeterminant(factor, width)) / 2;
    return { factor, mean: mean.slice(from, to), logScale };
  });
  const solved = new Float64Array(width);
  const terms = new Float64Array(parts.length);
  return (point) => {
    for (const [index, { factor, mean, logScale }] of parts.entries()) {
      let squares = 0;
      for (let row = 0; row < width; row++) {
        let value = numberAt(point, from + row) - (mean[row] as number);
        for (let column = 0; column < row; column++) {
          value -= numberAt(factor, row * width + column) * numberAt(solved, column);
        }
        solved[row] = value / numberAt(factor, row * width + row);
        squares += numberAt(solved, row) ** 2;
      }
      terms[index] = logScale - squares / 2;
    }
    const most = Math.max(...terms);
    return most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0));
  };
}
