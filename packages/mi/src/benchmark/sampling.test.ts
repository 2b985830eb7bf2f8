import { randomStream } from '@factornet/core/training';
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../special-functions/normal-distribution';
import { column, kolmogorovSmirnov } from '../testing/kolmogorov-smirnov';
import { benchmarkTasks } from './benchmark-tasks';
import { gammaVariate } from './gamma-sampler';
import { studentTask } from './student-task';

const ROWS = 4000;
/** Exceeded by chance once in a thousand times; seeds are fixed. */
const CRITICAL = 1.95;

const tasks = new Map(benchmarkTasks().map((task) => [task.name, task]));
const draw = (name: string) => {
  const pairs = tasks.get(name)?.sample(ROWS, 11);
  if (pairs === undefined) throw new Error(name);
  return pairs;
};
const cauchyCdf = (at: number) => 0.5 + Math.atan(at) / Math.PI;
const uniformCdf = (at: number) => Math.min(1, Math.max(0, at));

function correlation(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const [a, b] = [mean(left), mean(right)];
  const product = (one: readonly number[], from: number, other: readonly number[], to: number) =>
    one.reduce((sum, each, row) => sum + (each - from) * ((other[row] as number) - to), 0);
  return product(left, a, right, b) / Math.sqrt(product(left, a, left, a) * product(right, b, right, b));
}

describe('margins of the benchmark’s pairs', () => {
  it.each([
    { name: '1v1-normal-0.75', x: normalCdf, y: normalCdf },
    { name: 'normal_cdf-1v1-normal-0.75', x: uniformCdf, y: uniformCdf },
    { name: '1v1-additive-0.75', x: uniformCdf, y: undefined },
    {
      name: '1v1-bimodal-0.75',
      x: (at: number) => 0.3 * normalCdf(at) + 0.7 * normalCdf(at - 5),
      y: (at: number) => 0.5 * normalCdf(at + 1) + 0.5 * normalCdf(at - 3),
    },
    { name: 'student-identity-1-1-1', x: cauchyCdf, y: cauchyCdf },
    {
      name: 'student-identity-2-2-2',
      x: (at: number) => 0.5 + at / (2 * Math.sqrt(2 + at * at)),
      y: (at: number) => 0.5 + at / (2 * Math.sqrt(2 + at * at)),
    },
    { name: 'asinh-student-identity-2-2-1', x: (at: number) => cauchyCdf(Math.sinh(at)), y: undefined },
    { name: 'multinormal-sparse-3-3-2-2.0', x: normalCdf, y: normalCdf },
    { name: 'multinormal-dense-5-5-0.5', x: normalCdf, y: normalCdf },
  ])('$name', ({ name, x, y }) => {
    const pairs = draw(name);
    expect(kolmogorovSmirnov(column(pairs.x, 0), x)).toBeLessThan(CRITICAL);
    const last = pairs.y.columns - 1;
    if (y !== undefined) expect(kolmogorovSmirnov(column(pairs.y, last), y)).toBeLessThan(CRITICAL);
  });

  it('additive: y is x and uniform noise', () => {
    const { x, y } = draw('1v1-additive-0.1');
    const noise = column(y, 0).map((value, row) => value - (x.data[row] as number));
    expect(kolmogorovSmirnov(noise, (at) => uniformCdf((at + 0.1) / 0.2))).toBeLessThan(CRITICAL);
    // A bound for the correlation of independent columns: four standard errors.
    expect(Math.abs(correlation([...x.data], noise))).toBeLessThan(4 / Math.sqrt(ROWS));
  });

  it('the Swiss roll lies on its spiral, evenly in the angle', () => {
    const { x } = draw('swissroll_x-normal_cdf-1v1-normal-0.75');
    const shares = column(x, 0).map((a, row) => {
      const radius = 21 * Math.hypot(a, x.data[2 * row + 1] as number);
      return (radius / (1.5 * Math.PI) - 1) / 2;
    });
    expect(kolmogorovSmirnov(shares, uniformCdf)).toBeLessThan(CRITICAL);
  });
});

describe('correlations of the benchmark’s Gaussians', () => {
  /** Four standard errors of a correlation near `truth`. */
  const tolerance = (truth: number) => (4 * (1 - truth ** 2)) / Math.sqrt(ROWS);

  it.each([
    { name: '1v1-normal-0.75', x: 0, y: 0, truth: 0.75 },
    { name: 'multinormal-dense-50-50-0.5', x: 3, y: 47, truth: 0.5 },
    { name: 'multinormal-sparse-5-5-2-2.0', x: 0, y: 0, truth: 0.8 },
    { name: 'multinormal-sparse-5-5-2-2.0', x: 1, y: 1, truth: 0.8 },
    { name: 'multinormal-sparse-5-5-2-2.0', x: 2, y: 2, truth: 0 },
    { name: 'multinormal-sparse-5-5-2-2.0', x: 0, y: 1, truth: 0 },
  ])('$name: $truth between columns $x and $y', ({ name, x, y, truth }) => {
    const pairs = draw(name);
    expect(Math.abs(correlation(column(pairs.x, x), column(pairs.y, y)) - truth)).toBeLessThan(
      tolerance(truth),
    );
  });
});

describe('gammaVariate', () => {
  it.each([0.5, 1, 1.5, 4])('has mean and variance of shape %d', (shape) => {
    const random = randomStream(12, 'gamma', shape);
    const values = Array.from({ length: 10_000 }, () => gammaVariate(random, shape));
    const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
    const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean - shape)).toBeLessThan(4 * Math.sqrt(shape / values.length));
    // The fourth central moment is 3a² + 6a.
    expect(Math.abs(variance - shape)).toBeLessThan(
      4 * Math.sqrt((2 * shape ** 2 + 6 * shape) / values.length),
    );
  });

  it('of shape 1 is exponential', () => {
    const random = randomStream(13, 'gamma');
    const values = Array.from({ length: ROWS }, () => gammaVariate(random, 1));
    expect(kolmogorovSmirnov(values, (at) => -Math.expm1(-at))).toBeLessThan(CRITICAL);
  });
});

describe('studentTask', () => {
  it('adds the information of its dispersion, and loses the tails’ with more degrees of freedom', () => {
    const dispersion = Float64Array.of(1, 0.6, 0.6, 1);
    const gaussian = -0.5 * Math.log(1 - 0.36);
    const at = (degreesOfFreedom: number) =>
      studentTask({ name: 't', xFeatures: 1, yFeatures: 1, degreesOfFreedom, dispersion }).mutualInformation;
    expect(at(1) - gaussian).toBeCloseTo(0.2241714275, 9);
    expect(at(1e6)).toBeCloseTo(gaussian, 5);
  });
});
