import { describe, expect, it } from 'vitest';
import { ksg } from '../sample-estimators/ksg';
import { benchmarkTasks } from './benchmark-tasks';

/** Names, columns and nats of the published benchmark, from an independent calculation rounded to ten digits. */
const TWO_PAIR = 1.0216512475;
const TABLE: [string, number, number, number][] = [
  ['1v1-normal-0.75', 1, 1, 0.4133392866],
  ['normal_cdf-1v1-normal-0.75', 1, 1, 0.4133392866],
  ['1v1-additive-0.1', 1, 1, 1.7094379124],
  ['1v1-additive-0.75', 1, 1, 0.3333333333],
  ['1v1-bimodal-0.75', 1, 1, 0.4133392866],
  ['wiggly-1v1-normal-0.75', 1, 1, 0.4133392866],
  ['half_cube-1v1-normal-0.75', 1, 1, 0.4133392866],
  ['student-identity-1-1-1', 1, 1, 0.2241714275],
  ['asinh-student-identity-1-1-1', 1, 1, 0.2241714275],
  ['swissroll_x-normal_cdf-1v1-normal-0.75', 2, 1, 0.4133392866],
  ['multinormal-dense-2-2-0.5', 2, 2, 0.2938933325],
  ['multinormal-dense-3-3-0.5', 3, 3, 0.4133392866],
  ['multinormal-dense-5-5-0.5', 5, 5, 0.5928118328],
  ['multinormal-dense-25-25-0.5', 25, 25, 1.2921837217],
  ['multinormal-dense-50-50-0.5', 50, 50, 1.6242653743],
  ['multinormal-sparse-2-2-2-2.0', 2, 2, TWO_PAIR],
  ['multinormal-sparse-3-3-2-2.0', 3, 3, TWO_PAIR],
  ['multinormal-sparse-5-5-2-2.0', 5, 5, TWO_PAIR],
  ['multinormal-sparse-25-25-2-2.0', 25, 25, TWO_PAIR],
  ['student-identity-2-2-1', 2, 2, 0.431945622],
  ['student-identity-2-2-2', 2, 2, 0.1931471806],
  ['student-identity-3-3-2', 3, 3, 0.2909219227],
  ['student-identity-3-3-3', 3, 3, 0.1787118531],
  ['student-identity-5-5-2', 5, 5, 0.4481506769],
  ['student-identity-5-5-3', 5, 5, 0.2985436227],
  ['normal_cdf-multinormal-sparse-3-3-2-2.0', 3, 3, TWO_PAIR],
  ['normal_cdf-multinormal-sparse-5-5-2-2.0', 5, 5, TWO_PAIR],
  ['normal_cdf-multinormal-sparse-25-25-2-2.0', 25, 25, TWO_PAIR],
  ['half_cube-multinormal-sparse-3-3-2-2.0', 3, 3, TWO_PAIR],
  ['half_cube-multinormal-sparse-5-5-2-2.0', 5, 5, TWO_PAIR],
  ['half_cube-multinormal-sparse-25-25-2-2.0', 25, 25, TWO_PAIR],
  ['spiral-multinormal-sparse-3-3-2-2.0', 3, 3, TWO_PAIR],
  ['spiral-multinormal-sparse-5-5-2-2.0', 5, 5, TWO_PAIR],
  ['spiral-multinormal-sparse-25-25-2-2.0', 25, 25, TWO_PAIR],
  ['spiral-normal_cdf-multinormal-sparse-3-3-2-2.0', 3, 3, TWO_PAIR],
  ['spiral-normal_cdf-multinormal-sparse-5-5-2-2.0', 5, 5, TWO_PAIR],
  ['spiral-normal_cdf-multinormal-sparse-25-25-2-2.0', 25, 25, TWO_PAIR],
  ['asinh-student-identity-2-2-1', 2, 2, 0.431945622],
  ['asinh-student-identity-3-3-2', 3, 3, 0.2909219227],
  ['asinh-student-identity-5-5-2', 5, 5, 0.4481506769],
];

/** What another implementation's KSG (k = 10) read on one draw of 2000 pairs. */
const KSG_OF_OTHERS: Record<string, number> = {
  '1v1-normal-0.75': 0.414,
  'normal_cdf-1v1-normal-0.75': 0.407,
  '1v1-additive-0.1': 1.631,
  '1v1-additive-0.75': 0.304,
  '1v1-bimodal-0.75': 0.416,
  'wiggly-1v1-normal-0.75': 0.407,
  'half_cube-1v1-normal-0.75': 0.392,
  'asinh-student-identity-1-1-1': 0.196,
  'swissroll_x-normal_cdf-1v1-normal-0.75': 0.409,
};

describe('benchmarkTasks', () => {
  const tasks = benchmarkTasks();

  it('has the published tasks, in their order', () => {
    expect(tasks.map(({ name }) => name)).toEqual(TABLE.map(([name]) => name));
  });

  it.each(TABLE)('%s: %d × %d columns and %d nats', (name, xFeatures, yFeatures, nats) => {
    const task = tasks.find((each) => each.name === name);
    expect(task).toMatchObject({ xFeatures, yFeatures });
    expect(Math.abs((task?.mutualInformation ?? 0) - nats)).toBeLessThan(1e-8);
  });

  it.each(tasks)('$name: draws what it says, the same for one seed only', (task) => {
    const pairs = task.sample(20, 3);
    expect(pairs.x).toMatchObject({ rows: 20, columns: task.xFeatures });
    expect(pairs.y).toMatchObject({ rows: 20, columns: task.yFeatures });
    expect(pairs.x.data).toHaveLength(20 * task.xFeatures);
    expect(pairs.y.data).toHaveLength(20 * task.yFeatures);
    expect([...pairs.x.data, ...pairs.y.data].every(Number.isFinite)).toBe(true);
    expect(task.sample(20, 3)).toEqual(pairs);
    expect(task.sample(20, 4).x.data).not.toEqual(pairs.x.data);
    // The first pairs do not depend on how many are asked for.
    expect(task.sample(7, 3).x.data).toEqual(pairs.x.data.slice(0, 7 * task.xFeatures));
  });

  it.each(Object.entries(KSG_OF_OTHERS))(
    '%s: nearest neighbours read what those of others read, %d',
    (name, read) => {
      const task = tasks.find((each) => each.name === name);
      const pairs = task?.sample(2000, 1);
      const nats = pairs === undefined ? Number.NaN : ksg({ k: 10, norm: 'euclidean' }).value(pairs);
      // Either draw has a standard deviation of about 0.02 nats; four of their difference.
      expect(Math.abs(nats - read)).toBeLessThan(4 * Math.SQRT2 * 0.02);
    },
  );
});
