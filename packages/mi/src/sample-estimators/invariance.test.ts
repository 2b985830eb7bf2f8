import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import type { PairedSamples } from '../estimator';
import { gaussianPairs } from '../testing/sample-fixture';
import { gaussianCopula } from './gaussian-copula';
import { histogram } from './histogram';
import { ksg } from './ksg';
import { ross } from './ross';

const random = randomStream(2, 'invariance');
const samples = gaussianPairs(random.normals, { rows: 300, correlation: 0.8 });
const labels = Array.from({ length: 300 }, () => random.integer(2));
const clouds = featureMatrix(labels.map((label) => 10 * label + random.normal()));
const mapped = (matrix: FeatureMatrix, map: (value: number, row: number) => number): FeatureMatrix => ({
  ...matrix,
  data: Float64Array.from(matrix.data, map),
});
/** A second column, and with it the dense search. */
const twice = (matrix: FeatureMatrix) =>
  featureMatrix(
    Array.from(matrix.data, (value, row) => [value, value + (matrix.data[0] as number) * (row % 7)]),
  );

type Read = (map: (value: number, row: number) => number) => number;
const of =
  (value: (samples: PairedSamples) => number): Read =>
  (map) =>
    value({ x: mapped(samples.x, map), y: samples.y });
const READERS: Readonly<Record<string, Read>> = {
  ksg: of(ksg().value),
  'ksg of type 2 by Euclidean distances': (map) =>
    ksg({ type: 2, norm: 'euclidean' }).value({ x: twice(mapped(samples.x, map)), y: samples.y }),
  gaussianCopula: of(gaussianCopula().value),
  histogram: of(histogram().value),
  ross: (map) => ross().value({ features: mapped(clouds, map), labels }),
};
const scales = { '×1e160': 1e160, '×1e−160': 1e-160, '×1e−300': 1e-300, '×−1e300': -1e300 };

describe.each(Object.keys(READERS))('%s', (name) => {
  const read = READERS[name] as Read;
  const plain = read((value) => value);

  it.each(Object.entries(scales))('reads the same %s', (_, scale) => {
    expect(read((value) => value * scale)).toBeCloseTo(plain, 9);
  });

  it('refuses in words what has no digits left, or more or less of them than numbers have', () => {
    // Numbers are 2 apart there.
    expect(() => read((value) => value + 1e16)).toThrow(/column 0 must be numbers whose digits/);
    expect(() => read((value) => value * 1e-312)).toThrow(InvalidOptionError);
    expect(() => read((value) => value * 1e307)).toThrow(InvalidOptionError);
  });
});

describe.each(['ksg', 'gaussianCopula', 'histogram', 'ross'])('%s', (name) => {
  const read = READERS[name] as Read;

  it('reads the same beside an offset', () => {
    // 8,000 steps of a double to a standard deviation.
    expect(Math.abs(read((value) => value + 1e12) - read((value) => value))).toBeLessThan(2e-3);
  });
});

describe('a value of 1e17 among small ones', () => {
  const outlier = (value: number, row: number) => (row === 5 ? 1e17 : value);

  it.each(['ksg', 'ksg of type 2 by Euclidean distances', 'gaussianCopula', 'ross'])(
    'costs %s no more than one row',
    (name) => {
      const read = READERS[name] as Read;
      expect(Math.abs(read(outlier) - read((value) => value))).toBeLessThan(0.05);
      expect(read((value, row) => (row === 5 ? 1e200 : value))).toBeCloseTo(read(outlier), 1);
    },
  );

  it('is refused by a histogram, which would put all others into one bin', () => {
    expect(() => (READERS.histogram as Read)(outlier)).toThrow(/column 0 must be without values so far out/);
  });

  it('leaves the label’s 0.69 nats to ross, whatever the column', () => {
    expect(Math.abs((READERS.ross as Read)(outlier) - Math.log(2))).toBeLessThan(0.03);
  });
});
