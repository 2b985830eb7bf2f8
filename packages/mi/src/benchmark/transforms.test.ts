import { featureMatrix } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../special-functions/normal-distribution';
import { correlatedGaussians } from './correlated-gaussians';
import { gaussianTask } from './gaussian-task';
import { elementwise, transformed } from './transform';
import { asinh, halfCube, normalMixtureQuantile, spiral, swissRoll, wigglyX, wigglyY } from './transforms';

describe('elementwise maps', () => {
  const grid = featureMatrix(Array.from({ length: 2001 }, (_, index) => (index - 1000) / 100));

  it.each([halfCube, asinh, wigglyX, wigglyY])('$name rises everywhere, so it is one to one', (map) => {
    const { data } = map.apply(grid);
    for (let index = 1; index < data.length; index++) {
      expect((data[index] as number) > (data[index - 1] as number)).toBe(true);
    }
  });

  it('normalMixtureQuantile inverts the distribution function', () => {
    const quantile = normalMixtureQuantile([
      { weight: 0.3, mean: 0 },
      { weight: 0.7, mean: 5 },
    ]);
    const probabilities = [1e-9, 0.01, 0.2999, 0.5, 0.97, 1 - 1e-9];
    for (const [index, at] of quantile.apply(featureMatrix(probabilities)).data.entries()) {
      expect(0.3 * normalCdf(at) + 0.7 * normalCdf(at - 5)).toBeCloseTo(probabilities[index] as number, 13);
    }
  });
});

describe('swissRoll', () => {
  it('makes two columns of one, and refuses more', () => {
    const { data, columns } = swissRoll.apply(featureMatrix([0, 0.5]));
    expect(columns).toBe(2);
    const angles = [1.5 * Math.PI, 3 * Math.PI];
    const expected = angles.flatMap((t) => [(t * Math.cos(t)) / 21, (t * Math.sin(t)) / 21]);
    for (const [index, value] of data.entries()) expect(value).toBeCloseTo(expected[index] as number, 12);
    expect(() => swissRoll.features(2)).toThrow(InvalidOptionError);
  });
});

describe('spiral', () => {
  it('turns its plane by speed times the squared length, and can be turned back', () => {
    const points = featureMatrix([
      [0.3, -1.2, 0.5],
      [0, 0, 0],
      [2, 1, -1],
    ]);
    const there = spiral({ plane: [1, 2] }).apply(points);
    const angle = (0.09 + 1.44 + 0.25) / 3;
    expect(there.data[0]).toBe(0.3);
    expect(there.data[1]).toBeCloseTo(-1.2 * Math.cos(angle) - 0.5 * Math.sin(angle), 12);
    expect(there.data[2]).toBeCloseTo(-1.2 * Math.sin(angle) + 0.5 * Math.cos(angle), 12);
    const back = spiral({ plane: [1, 2], speed: -1 / 3 }).apply(there);
    for (const [index, value] of back.data.entries())
      expect(value).toBeCloseTo(points.data[index] as number, 12);
    expect(() => spiral({ plane: [1, 2] }).features(2)).toThrow(/more than 2/);
  });
});

describe('transformed', () => {
  it('maps the very pairs of its task, and keeps their information', () => {
    const task = gaussianTask({
      name: 'base',
      xFeatures: 1,
      yFeatures: 1,
      covariance: Float64Array.of(1, 0.5, 0.5, 1),
    });
    const doubled = transformed(task, { name: 'doubled', y: elementwise('double', (y) => 2 * y) });
    const [pairs, mapped] = [task.sample(5, 1), doubled.sample(5, 1)];
    expect(mapped.x).toEqual(pairs.x);
    expect([...mapped.y.data]).toEqual([...pairs.y.data].map((y) => 2 * y));
    expect(doubled).toMatchObject({ name: 'doubled', mutualInformation: task.mutualInformation });
  });
});

describe('correlatedGaussians', () => {
  it.each([0, 2, 4, 6, 8, 10])('has the %d nats asked for', (nats) => {
    expect(correlatedGaussians({ nats }).mutualInformation).toBeCloseTo(nats, 10);
  });

  it('has the published correlation, and its cube the same x', () => {
    const [task, cubic] = [false, true].map((cubic) => correlatedGaussians({ nats: 4, cubic }));
    const [plain, cubed] = [task, cubic].map((each) => each?.sample(2000, 1));
    expect(task).toMatchObject({ xFeatures: 20, yFeatures: 20 });
    let sum = 0;
    for (const [index, x] of (plain?.x.data ?? []).entries()) sum += x * (plain?.y.data[index] as number);
    // 40 000 products of a mean ρ = 0.574178 and a variance 1 + ρ²; four standard errors.
    expect(Math.abs(sum / 40_000 - 0.574178)).toBeLessThan(4 * Math.sqrt(1.33 / 40_000));
    expect(cubed?.x).toEqual(plain?.x);
    expect(cubed?.y.data[7]).toBeCloseTo((plain?.y.data[7] as number) ** 3, 12);
  });

  it('refuses what makes no sense', () => {
    expect(() => correlatedGaussians({ nats: -1 })).toThrow(InvalidOptionError);
    expect(() => correlatedGaussians({ nats: 1, dimensions: 0.5 })).toThrow(InvalidOptionError);
    expect(() => correlatedGaussians({ nats: 1 }).sample(0, 1)).toThrow(/count must be a whole number/);
    const covariance = Float64Array.of(1, 2, 2, 1);
    expect(() => gaussianTask({ name: 'no', xFeatures: 1, yFeatures: 1, covariance })).toThrow(
      /positive definite/,
    );
  });
});
