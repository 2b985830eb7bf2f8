import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { classifierInformation } from './classifier-information';
import { splitHalves } from './halves';

interface Drawn {
  features: FeatureMatrix;
  labels: Int32Array;
}

/** Labels of two classes with `±distance` in the first of `width` standard normals. */
function twoGaussians({ rows, distance, width }: { rows: number; distance: number; width: number }): Drawn {
  const stream = randomStream(11, 'two-gaussians', width);
  const labels = Int32Array.from({ length: rows }, () => stream.integer(2));
  const data = Float64Array.from(
    { length: rows * width },
    (_, index) =>
      stream.normal() +
      (index % width === 0 ? distance * (2 * (labels[Math.floor(index / width)] as number) - 1) : 0),
  );
  return { features: { rows, columns: width, data }, labels };
}

/** I(t; y) of those: log 2 − E log(1 + e^(−2at)) with t ~ N(a, 1), by the trapezoidal rule; and the deviation of one term. */
function truth(distance: number) {
  let [sum, squares] = [0, 0];
  const step = 0.001;
  for (let z = -8; z <= 8; z += step) {
    const weight = (step * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
    const cost = Math.log1p(Math.exp(-2 * distance * (distance + z)));
    sum += weight * cost;
    squares += weight * cost * cost;
  }
  return { nats: Math.LN2 - sum, deviation: Math.sqrt(squares - sum * sum) };
}

const estimate = ({ features, labels }: Drawn, classes = 2) =>
  classifierInformation().estimate({
    features,
    labels,
    classes,
    split: splitHalves({ seed: 2 }, features.rows),
  });

describe('classifierInformation', () => {
  it.each([0.3, 1, 2])(
    'finds I of two Gaussians, where a line is the best reader, %d apart',
    async (distance) => {
      const rows = 4000;
      const nats = await estimate(twoGaussians({ rows, distance, width: 1 }));
      const expected = truth(distance);
      // 2000 are read; two or three parameters learnt from 2000 cost about 1e-3 nats.
      const tolerance = (4 * expected.deviation) / Math.sqrt(rows / 2) + 2e-3;
      expect(Math.abs(nats - expected.nats)).toBeLessThanOrEqual(tolerance);
    },
  );

  it('reads H(y) from a perfect code', async () => {
    const labels = Int32Array.from({ length: 400 }, (_, row) => row % 4);
    const nats = await estimate(
      { features: featureMatrix([...labels].map((label) => [label, label ** 2])), labels },
      4,
    );
    expect(nats).toBeGreaterThan(0.97 * Math.log(4));
    expect(nats).toBeLessThanOrEqual(Math.log(4) + 1e-9);
  });

  it('is near 0, not far below, for as many useless features as would mislead a classifier', async () => {
    const nats = await estimate(twoGaussians({ rows: 300, distance: 0, width: 40 }));
    // Uncalibrated, 40 coefficients from 150 examples would cost about 0.2 nats.
    expect(nats).toBeGreaterThan(-0.05);
    expect(nats).toBeLessThan(0.03);
  });

  it('stays a number for a class never trained on, constant features, one class and very few examples', async () => {
    const labels = Int32Array.of(0, 1, 0, 1, 2, 2, -1, 0);
    const split = { train: Int32Array.of(0, 1, 2, 3), test: Int32Array.of(4, 5, 6, 7) };
    const features = featureMatrix([1, 2, 1.1, 2.1, 3, 3.1, 9, 1]);
    const { estimate: of } = classifierInformation();
    const unseen = await of({ features, labels, classes: 3, split });
    expect(unseen).toBeLessThan(0);
    expect(unseen).toSatisfy(Number.isFinite);
    const flat = featureMatrix(new Array(8).fill(4));
    expect(await of({ features: flat, labels, classes: 3, split })).toSatisfy(Number.isFinite);
    const same = await of({ features, labels: new Int32Array(8), classes: 2, split });
    expect(same).toBeCloseTo(0, 0);
    expect(same).toBeLessThanOrEqual(0);
    const two = { train: Int32Array.of(0), test: Int32Array.of(1) };
    expect(await of({ features, labels, classes: 3, split: two })).toSatisfy(Number.isFinite);
  });

  it('refuses a penalty that is not above 0', () => {
    expect(() => classifierInformation({ penalty: 0 })).toThrow(InvalidOptionError);
  });
});
