import { discreteEntropy, selectRows } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { describe, expect, it } from 'vitest';
import type { LabelledSampleEstimator, LabelledSamples } from '../estimator';

/**
 * What every estimator on features with a label per row has to hold, as a vitest suite.
 *
 * @example
 * describeLabelledSampleEstimator('ross', ross({ k: 3 }));
 */
export function describeLabelledSampleEstimator(name: string, estimator: LabelledSampleEstimator): void {
  const [rows, columns, classes] = [300, 2, 3];
  /** Three clouds that overlap a little in their first column; the second is noise. */
  const labels = Array.from({ length: rows }, (_, row) => row % classes);
  const random = randomStream(1, 'clouds');
  const data = Float64Array.from({ length: rows * columns }, (_, index) => {
    const centre = index % columns === 0 ? 2 * (labels[Math.floor(index / columns)] as number) : 0;
    return centre + random.normal();
  });
  const samples: LabelledSamples = { features: { rows, columns, data }, labels };
  const take = (order: ArrayLike<number>): LabelledSamples => ({
    features: selectRows(samples.features, order),
    labels: Array.from(order, (row) => labels[row] as number),
  });

  describe(`${name} as an estimator on labelled samples`, () => {
    it('says what it is', () => {
      expect(estimator.name).not.toBe('');
      expect(estimator.requires).toBe('labelled-samples');
      expect(['lower', 'upper', 'neither']).toContain(estimator.direction);
    });

    it('gives one finite number, the same every time, and leaves its input as it was', () => {
      const copy = structuredClone(samples);
      const nats = estimator.value(samples);
      expect(nats).toSatisfy(Number.isFinite);
      expect(estimator.value(samples)).toBe(nats);
      expect(samples).toEqual(copy);
    });

    it('depends neither on the order of the rows nor on what the classes are called', () => {
      const nats = estimator.value(samples);
      expect(estimator.value(take(randomStream(2, 'order').permutation(rows)))).toBeCloseTo(nats, 9);
      const renamed = labels.map((label) => (label + 1) % classes);
      expect(estimator.value({ ...samples, labels: renamed })).toBeCloseTo(nats, 9);
    });

    it('leaves rows without a label out', () => {
      const unlabelled = { ...samples, labels: labels.map((label, row) => (row < 30 ? -1 : label)) };
      const rest = take(Array.from({ length: rows - 30 }, (_, row) => row + 30));
      expect(estimator.value(unlabelled)).toBeCloseTo(estimator.value(rest), 9);
    });

    it('counts in nats: close to H(label) where clouds lie far apart, close to 0 where labels are drawn anew', () => {
      const apart = data.map((value, index) => {
        return value + (index % columns === 0 ? 100 * (labels[Math.floor(index / columns)] as number) : 0);
      }) as Float64Array;
      const surely = estimator.value({ ...samples, features: { rows, columns, data: apart } });
      expect(Math.abs(surely - discreteEntropy(labels))).toBeLessThan(0.1);
      const order = randomStream(3, 'labels').permutation(rows);
      const drawn = estimator.value({ ...samples, labels: Array.from(order, (row) => row % classes) });
      expect(Math.abs(drawn)).toBeLessThan(0.15);
    });

    it('reads 0 nats for one label, and for features that do not vary', () => {
      expect(Math.abs(estimator.value({ ...samples, labels: labels.map(() => 0) }))).toBeLessThan(1e-9);
      const constant = { rows, columns, data: new Float64Array(rows * columns).fill(2) };
      expect(Math.abs(estimator.value({ ...samples, features: constant }))).toBeLessThan(1e-9);
    });

    it('refuses labels that are no class, one label too few, and numbers that are not finite', () => {
      expect(() => estimator.value({ ...samples, labels: labels.map(() => 0.5) })).toThrow();
      expect(() => estimator.value({ ...samples, labels: labels.slice(1) })).toThrow();
      const broken = { rows, columns, data: Float64Array.from(data).fill(Number.NaN, 3, 4) };
      expect(() => estimator.value({ ...samples, features: broken })).toThrow();
    });
  });
}
