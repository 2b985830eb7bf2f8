import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { ksg } from '../sample-estimators/ksg';
import { column } from '../testing/kolmogorov-smirnov';
import { equicorrelated } from './covariance';
import { gaussianMixtureTask } from './mixture-task';
import { mixtureTasks } from './mixture-tasks';
import { monteCarloInformation } from './monte-carlo-information';

/** An independent implementation's means over a million pairs with their standard errors; X and AI by quadrature. */
const TRUTHS: Record<string, [nats: number, standardError: number]> = {
  '1v1-X-0.9': [0.40844, 1e-5],
  '1v1-AI': [0.77595, 1e-5],
  '2v1-galaxy-0.5-3.0': [0.495, 0.0005],
  '2v1-waves-12-5.0-3.0': [1.307, 0.0004],
  '3v1-concentric_gaussians-5': [0.456, 0.001],
  '5v1-concentric_gaussians-5': [0.63, 0.001],
  '25v1-concentric_gaussians-5': [1.19, 0.001],
  '3v1-concentric_gaussians-10': [0.56, 0.001],
  '5v1-concentric_gaussians-10': [0.751, 0.001],
  'mult-sparse-w-inliers-5-5-2-2.0-0.2': [0.637, 0.002],
  'mult-sparse-w-inliers-5-5-2-2.0-0.5': [0.272, 0.002],
  'mult-sparse-w-inliers-25-25-2-2.0-0.2': [0.637, 0.002],
  'mult-sparse-w-inliers-25-25-2-2.0-0.5': [0.271, 0.002],
};

describe('mixtureTasks', () => {
  const tasks = mixtureTasks();

  it('are the published ones', () => {
    expect(tasks.map(({ name }) => name).toSorted()).toEqual(Object.keys(TRUTHS).toSorted());
  });

  it.each(tasks)('$name: has the published information, and draws to match', (task) => {
    const [nats, error] = TRUTHS[task.name] as [number, number];
    const samples = task.xFeatures > 5 ? 2000 : 5000;
    const { value, standardError } = monteCarloInformation(task, { samples, seed: 1 });
    // And half of the last digit that is published.
    expect(Math.abs(value - nats)).toBeLessThan(4 * Math.hypot(standardError, error) + 0.0005);
    const pairs = task.sample(30, 1);
    expect(pairs.x).toMatchObject({ rows: 30, columns: task.xFeatures });
    expect(pairs.y).toMatchObject({ rows: 30, columns: task.yFeatures });
    expect([...pairs.x.data, ...pairs.y.data].every(Number.isFinite)).toBe(true);
    expect(task.sample(30, 1)).toEqual(pairs);
  });

  it('draws pairs whose neighbours tell the information of their densities', () => {
    const [cross, letters] = tasks;
    for (const task of [cross, letters]) {
      const pairs = task?.sample(2000, 2);
      const nats = pairs === undefined ? Number.NaN : ksg({ k: 5 }).value(pairs);
      expect(Math.abs(nats - (TRUTHS[task?.name ?? ''] as [number, number])[0])).toBeLessThan(0.08);
    }
  });
});

describe('gaussianMixtureTask', () => {
  const one = { weight: 1, mean: [1, -2], covariance: equicorrelated(2, 0.6) };

  it('of one component is a Gaussian, with its information and mean', () => {
    const task = gaussianMixtureTask({ name: 'one', xFeatures: 1, yFeatures: 1, components: [one] });
    const { value, standardError } = monteCarloInformation(task, { samples: 20_000 });
    expect(Math.abs(value + 0.5 * Math.log(1 - 0.36))).toBeLessThan(4 * standardError);
    const y = column(task.sample(4000, 1).y, 0);
    expect(Math.abs(y.reduce((sum, each) => sum + each, 0) / 4000 + 2)).toBeLessThan(4 / Math.sqrt(4000));
  });

  it('refuses weights that do not add up, and means of another length', () => {
    const make = (component: typeof one) => () =>
      gaussianMixtureTask({ name: 'no', xFeatures: 1, yFeatures: 1, components: [component] });
    expect(make({ ...one, weight: 0.5 })).toThrow(InvalidOptionError);
    expect(make({ ...one, mean: [1] })).toThrow(/mean must be 2 numbers/);
  });
});
