import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { ross } from '../sample-estimators/ross';
import { overlappingUniformsTask, zeroInflatedPoissonTask } from './labelled-tasks';

describe('overlappingUniformsTask', () => {
  it('has the published information', () => {
    expect(overlappingUniformsTask().mutualInformation).toBeCloseTo(1.054920168, 9);
    expect(overlappingUniformsTask({ classes: 1 }).mutualInformation).toBe(0);
    expect(() => overlappingUniformsTask({ classes: 0 })).toThrow(InvalidOptionError);
  });
});

describe('zeroInflatedPoissonTask', () => {
  it.each([
    [0, 0.301244773354834],
    [0.15, 0.229775958546324],
    [0.5, 0.116383941016258],
  ])('with inflation %d has the %d nats that SciPy’s quadrature gives', (inflation, nats) => {
    expect(zeroInflatedPoissonTask({ inflation }).mutualInformation).toBeCloseTo(nats, 10);
  });

  it('draws exponential features, and counts whose mean is theirs', () => {
    const { features, labels } = zeroInflatedPoissonTask({ inflation: 0 }).sample(4000, 1);
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, each) => sum + each, 0) / 4000;
    expect(Math.abs(mean(features.data) - 1)).toBeLessThan(4 / Math.sqrt(4000));
    // A geometric count of mean 1 has variance 2.
    expect(Math.abs(mean(labels) - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000));
    expect(() => zeroInflatedPoissonTask({ inflation: 1 })).toThrow(InvalidOptionError);
  });
});

describe('Ross’s estimator', () => {
  it.each([overlappingUniformsTask(), zeroInflatedPoissonTask({ inflation: 0 }), zeroInflatedPoissonTask()])(
    'reads $name',
    (task) => {
      const values = Array.from({ length: 6 }, (_, seed) => ross().value(task.sample(1500, seed)));
      const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
      const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1);
      // Four standard errors; rare counts, of which few rows are left, cost up to a hundredth.
      const tolerance = 4 * Math.sqrt(variance / values.length) + 0.01;
      expect(Math.abs(mean - task.mutualInformation)).toBeLessThan(tolerance);
    },
  );
});
