import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { FIXTURE_LABELS, fixtureColumns } from '../testing/sample-fixture';
import { ross } from './ross';

describe('ross', () => {
  // scikit-learn 1.9's mutual_info_classif, which shows values below 0 as 0. From k = 9 on, half of the smallest class,
  // its search rounds distances, and counts some k-th neighbours as nearer than themselves.
  it.each([
    { column: 'x0', values: [0.974435796739787, 0.916859111376522, 0.882361383442318] },
    { column: 'y0', values: [1.275054781642054, 1.279187056774329, 1.246377723148431] },
    { column: 'x1', values: [0, 0, 0] },
  ] as const)('gives the numbers of scikit-learn for $column', ({ column, values }) => {
    const samples = { features: fixtureColumns(column), labels: FIXTURE_LABELS };
    for (const [index, k] of [1, 3, 8].entries()) {
      expect(ross({ k, clamp: true }).value(samples)).toBeCloseTo(values[index] as number, 10);
    }
  });

  it('agrees with the definition over all pairs, for k past half of a class', () => {
    const labels = FIXTURE_LABELS;
    expect(ross({ k: 10 }).value({ features: fixtureColumns('x0'), labels })).toBeCloseTo(
      0.891020571013397,
      12,
    );
    expect(ross({ k: 10 }).value({ features: fixtureColumns('y0'), labels })).toBeCloseTo(
      1.228881810906443,
      12,
    );
  });

  it('leaves out a label with a single row, as scikit-learn does', () => {
    const labels = FIXTURE_LABELS.map((label, row) => (row === 17 ? 9 : label));
    const features = fixtureColumns('y0');
    expect(ross().value({ features, labels })).toBeCloseTo(1.277104239765721, 10);
    const unlabelled = FIXTURE_LABELS.map((label, row) => (row === 17 ? -1 : label));
    expect(ross().value({ features, labels: unlabelled })).toBeCloseTo(1.277104239765721, 2);
  });

  it('reads a second column that repeats the first as nothing new', () => {
    const labels = FIXTURE_LABELS;
    const once = ross().value({ features: fixtureColumns('y0'), labels });
    // Through the dense search in place of the sorted one.
    expect(ross().value({ features: fixtureColumns('y0', 'y0'), labels })).toBeCloseTo(once, 12);
    expect(ross({ norm: 'euclidean' }).value({ features: fixtureColumns('y0', 'y0'), labels })).toBeCloseTo(
      once,
      12,
    );
  });

  it('leaves an estimate below 0 as it is, unless told to clamp', () => {
    const samples = { features: fixtureColumns('x1'), labels: FIXTURE_LABELS };
    expect(ross().value(samples)).toBeLessThan(0);
    expect(ross({ clamp: true }).value(samples)).toBe(0);
  });

  it('reads a mixture of overlapping uniform clouds: log m − (m − 1)/m · log 2', () => {
    const [rows, classes] = [2000, 5];
    const random = randomStream(4, 'ross');
    const labels = Array.from({ length: rows }, () => random.integer(classes));
    const features = featureMatrix(labels.map((label) => label + 2 * random.uniform()));
    const truth = Math.log(classes) - ((classes - 1) / classes) * Math.log(2);
    // The log density ratio is log 5 or log 2.5, so one draw of it deviates by 0.28; four standard errors.
    expect(Math.abs(ross().value({ features, labels }) - truth)).toBeLessThan(
      4 * (0.28 / Math.sqrt(rows)) + 0.01,
    );
  });

  it('refuses what makes no sense', () => {
    const features = fixtureColumns('x0');
    for (const k of [0, 1.5]) expect(() => ross({ k })).toThrow(InvalidOptionError);
    expect(() => ross().value({ features, labels: [1, 2] })).toThrow(ShapeMismatchError);
    const negative = FIXTURE_LABELS.map((label) => label - 2);
    expect(() => ross().value({ features, labels: negative })).toThrow(
      /labels\[\d+\] must be a whole number/,
    );
    const alone = FIXTURE_LABELS.map((_, row) => row);
    expect(() => ross().value({ features, labels: alone })).toThrow(/such that one label names two rows/);
    const rounded = { ...features, data: features.data.map((value) => Math.round(10 * value)) };
    expect(() => ross().value({ features: rounded, labels: FIXTURE_LABELS })).toThrow(
      /features must be continuous/,
    );
  });
});
