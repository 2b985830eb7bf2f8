import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { fixtureColumns, gaussianPairs } from '../testing/sample-fixture';
import { distancesFrom } from './distances';
import { ksg } from './ksg';
import { denseCounts, scalarCounts } from './neighbour-counts';

const COLUMNS: Record<string, { x: FeatureMatrix; y: FeatureMatrix }> = {
  '1 × 1': { x: fixtureColumns('x0'), y: fixtureColumns('y0') },
  '2 × 1': { x: fixtureColumns('x0', 'x1'), y: fixtureColumns('y0') },
  '2 × 2': { x: fixtureColumns('x0', 'x1'), y: fixtureColumns('y0', 'y1') },
};

/*
 * Brute force over all pairs in NumPy, of the definitions; the 1 × 1 ones of type 1 are also what scikit-learn 1.9's
 * mutual_info_regression gives.
 */
const REFERENCE = [
  { of: '1 × 1', type: 1, norm: 'max', values: [0.911530710543536, 0.927980148752835, 1.043804558346622] },
  {
    of: '1 × 1',
    type: 1,
    norm: 'euclidean',
    values: [0.911530710543536, 0.927980148752835, 1.043804558346622],
  },
  { of: '1 × 1', type: 2, norm: 'max', values: [1.235197532112061, 0.919174788172135, 1.03506038835341] },
  {
    of: '1 × 1',
    type: 2,
    norm: 'euclidean',
    values: [1.235197532112061, 0.919174788172135, 1.03506038835341],
  },
  { of: '2 × 1', type: 1, norm: 'max', values: [1.627556031238147, 1.338900555402667, 0.873143535554856] },
  {
    of: '2 × 1',
    type: 1,
    norm: 'euclidean',
    values: [1.507523388519802, 1.277541824633887, 0.802966788234537],
  },
  { of: '2 × 1', type: 2, norm: 'max', values: [2.555982676534202, 2.134643568263416, 1.707220779213633] },
  {
    of: '2 × 1',
    type: 2,
    norm: 'euclidean',
    values: [2.541828130100244, 2.169169369805833, 1.715008470520645],
  },
  { of: '2 × 2', type: 1, norm: 'max', values: [2.357712048266748, 2.005707069513171, 1.373099461175911] },
  {
    of: '2 × 2',
    type: 1,
    norm: 'euclidean',
    values: [2.42905349520492, 2.08102248870451, 1.472075398321471],
  },
  { of: '2 × 2', type: 2, norm: 'max', values: [2.479659440811538, 2.181125635866835, 1.471975019163255] },
  {
    of: '2 × 2',
    type: 2,
    norm: 'euclidean',
    values: [2.574562597397303, 2.266935631242099, 1.594665558082474],
  },
] as const;

function normals(...key: (string | number)[]) {
  return randomStream(3, 'ksg', ...key).normals;
}

describe('ksg', () => {
  it.each(REFERENCE)(
    'agrees with brute force for $of columns, type $type, norm $norm',
    ({ of, values, ...options }) => {
      const samples = COLUMNS[of] as { x: FeatureMatrix; y: FeatureMatrix };
      const { byNeighbours, value, duplicates } = ksg({ k: [3, 5, 10], ...options }).measure(samples);
      expect(byNeighbours.map(({ k }) => k)).toEqual([3, 5, 10]);
      for (const [index, each] of byNeighbours.entries())
        expect(each.value).toBeCloseTo(values[index] as number, 12);
      expect(value).toBeCloseTo(values.reduce((sum, each) => sum + each, 0) / 3, 12);
      expect(ksg({ k: 5, ...options }).value(samples)).toBeCloseTo(values[1], 12);
      expect(duplicates).toEqual({ x: 0, y: 0 });
    },
  );

  it.each(['joint', 'each'] as const)(
    'finds the same neighbours for single columns by sorting: %s radius',
    (radius) => {
      const { x, y } = gaussianPairs(normals('sorting'), { rows: 120, correlation: 0.7 });
      const options = { ks: [1, 4], radius, norm: 'max' } as const;
      expect(scalarCounts(x, y, options)).toEqual(denseCounts(x, y, options));
    },
  );

  it('adds up squares of many columns as of few', () => {
    const random = randomStream(4, 'columns');
    const columns = Array.from({ length: 6 }, () => Float64Array.from(random.normals(9)));
    const distances = new Float64Array(9);
    distancesFrom(2, columns, 'euclidean', distances);
    for (const [row, distance] of distances.entries()) {
      const squares = columns.map((column) => ((column[row] as number) - (column[2] as number)) ** 2);
      expect(distance).toBeCloseTo(
        squares.reduce((sum, square) => sum + square, 0),
        12,
      );
    }
  });

  it('depends on scales only without standardising', () => {
    const samples = COLUMNS['2 × 2'] as { x: FeatureMatrix; y: FeatureMatrix };
    expect(ksg({ standardise: false }).value(samples)).toBeCloseTo(0.6045673865540122, 12);
    const data = samples.x.data.map((value, index) => (index % 2 === 0 ? 1000 * value - 5 : value));
    const scaled = { ...samples, x: { ...samples.x, data: data as Float64Array } };
    expect(ksg().value(scaled)).toBeCloseTo(ksg().value(samples), 12);
  });

  it.each([
    { type: 1, dimensions: 1, correlation: 0.9 },
    { type: 2, dimensions: 1, correlation: 0.9 },
    { type: 1, dimensions: 2, correlation: 0.6 },
    { type: 2, dimensions: 2, correlation: 0.6 },
  ] as const)(
    'reads Gaussian pairs: type $type, $dimensions columns, correlation $correlation',
    (options) => {
      const repeats = Array.from({ length: 6 }, (_, repeat) => {
        const pairs = gaussianPairs(normals(options.dimensions, repeat), { rows: 500, ...options });
        return ksg({ k: 5, type: options.type }).value(pairs);
      });
      const mean = repeats.reduce((sum, value) => sum + value, 0) / repeats.length;
      const variance = repeats.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (repeats.length - 1);
      const truth = (-options.dimensions / 2) * Math.log(1 - options.correlation ** 2);
      // Four standard errors, and the bias that Kraskov et al. report at this size: below 0.03 nats.
      expect(Math.abs(mean - truth)).toBeLessThan(4 * Math.sqrt(variance / repeats.length) + 0.03);
    },
  );

  it('leaves an estimate below 0 as it is, unless told to clamp', () => {
    const pairs = Array.from({ length: 10 }, (_, repeat) =>
      gaussianPairs(normals('independent', repeat), { rows: 200, correlation: 0 }),
    );
    const values = pairs.map((samples) => ksg().value(samples));
    expect(Math.min(...values)).toBeLessThan(0);
    expect(pairs.map((samples) => ksg({ clamp: true }).value(samples))).toEqual(
      values.map((value) => Math.max(0, value)),
    );
  });

  it('never exceeds its cap, which it reaches where y is x', () => {
    const { x } = gaussianPairs(normals('same'), { rows: 300, correlation: 0 });
    for (const type of [1, 2] as const) {
      const estimator = ksg({ k: [3, 7], type });
      expect(estimator.value({ x, y: x })).toBeCloseTo(estimator.cap?.(300) as number, 10);
    }
  });

  describe('with equal rows', () => {
    const { x, y } = gaussianPairs(normals('equal'), { rows: 400, correlation: 0.8 });
    const withEqual = (count: number) => {
      const data = x.data.slice() as Float64Array;
      data.fill(data[399] as number, 0, count);
      return { x: { ...x, data }, y };
    };

    it('counts them, and moves them apart by noise of a seed', () => {
      const samples = withEqual(15);
      const { duplicates, value } = ksg().measure(samples);
      expect(duplicates).toEqual({ x: 15, y: 0 });
      expect(ksg().value(samples)).toBe(value);
      expect(Math.abs(value - ksg().value({ x, y }))).toBeLessThan(0.1);
      expect(ksg({ seed: 1 }).value(samples)).toBeCloseTo(value, 1);
    });

    it('refuses more than 5 %, unless more are allowed', () => {
      const samples = withEqual(30);
      expect(() => ksg().value(samples)).toThrow(InvalidOptionError);
      expect(() => ksg().value(samples)).toThrow(
        /x must be continuous.*"30 equal ones of 400"[\s\S]*ross\(\)/,
      );
      expect(ksg({ maximumDuplicates: 0.1 }).value(samples)).toSatisfy(Number.isFinite);
    });

    it('compares whole rows: one column may repeat', () => {
      const rows = Array.from({ length: 400 }, (_, row) => [row % 2, y.data[row] as number]);
      expect(ksg().measure({ x: featureMatrix(rows), y: x }).duplicates).toEqual({ x: 0, y: 0 });
      const doubled = featureMatrix([...rows.slice(0, 395), ...rows.slice(0, 5)]);
      expect(ksg().measure({ x: doubled, y: x }).duplicates.x).toBe(5);
    });
  });

  it('finds nothing in a variable that does not vary', () => {
    const constant = { rows: 150, columns: 2, data: new Float64Array(300).fill(3) };
    expect(ksg({ k: [2, 4] }).measure({ x: constant, y: fixtureColumns('y0') })).toMatchObject({
      value: 0,
      byNeighbours: [
        { k: 2, value: 0 },
        { k: 4, value: 0 },
      ],
    });
  });

  it('refuses what makes no sense', () => {
    const { x, y } = COLUMNS['1 × 1'] as { x: FeatureMatrix; y: FeatureMatrix };
    for (const k of [0, 2.5, [], [3, -1]]) expect(() => ksg({ k })).toThrow(InvalidOptionError);
    expect(() => ksg({ type: 3 as 1 })).toThrow(/type must be 1 or 2/);
    expect(() => ksg({ norm: 'l1' as 'max' })).toThrow(/norm must be/);
    expect(() => ksg({ k: 150 }).value({ x, y })).toThrow(/k must be below the number of rows, 150/);
    expect(() => ksg().value({ x, y: featureMatrix([1, 2]) })).toThrow(ShapeMismatchError);
    expect(() => ksg().value({ x: featureMatrix([]), y: featureMatrix([]) })).toThrow(InvalidOptionError);
    const broken = { ...x, data: Float64Array.from(x.data).fill(Number.NaN, 7, 8) };
    expect(() => ksg().value({ x: broken, y })).toThrow(/x\[7, 0\] must be a finite number/);
  });
});
