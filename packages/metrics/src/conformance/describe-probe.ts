import type { FeatureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { LabelOutOfRangeError } from '@factornet/spec/training';
import { describe, expect, it } from 'vitest';
import { accuracy } from '../accuracy';
import type { Probe } from '../probe/probe';

const CLASSES = 3;

/** Three clouds, far apart, whose labels follow each other. */
function clouds(rows: number): { features: FeatureMatrix; labels: Int32Array } {
  const noise = randomStream(1, 'describe-probe').normals(rows * 2);
  const labels = Int32Array.from({ length: rows }, (_, row) => row % CLASSES);
  const data = noise.map((value, index) => {
    const angle = ((labels[index >> 1] as number) * 2 * Math.PI) / CLASSES;
    return 0.2 * value + (index % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  });
  return { features: { rows, columns: 2, data }, labels };
}

/** A code of two values, which two in three examples of the first and all of the second agree on. */
const table = {
  features: {
    rows: 90,
    columns: 2,
    data: Float32Array.from({ length: 180 }, (_, at) => ((at >> 1) + at) % 2),
  },
  labels: Int32Array.from({ length: 90 }, (_, row) => (row % 2 === 1 ? 2 : row % 3 === 0 ? 1 : 0)),
};

/**
 * What every probe has to hold, as a vitest suite: reads what is plain to see, and nothing else; the same for the same
 * examples; several targets as each by itself; unlabelled examples left out; typed errors.
 *
 * @example
 * describeProbe('linearProbe', linearProbe());
 */
export function describeProbe(name: string, probe: Probe): void {
  describe(`${name} as a probe`, () => {
    const { features, labels } = clouds(60);

    it('says what it is', () => expect(probe.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/));

    it('reads classes that are apart, of examples that it did not see', () => {
      const fresh = clouds(99);
      expect(accuracy(probe.fit(features, labels, CLASSES).predict(fresh.features), fresh.labels)).toBe(1);
    });

    it('gives scores that add up to 1, the same each time, and leaves features as they were', () => {
      const before = features.data.slice();
      const { rows, columns, data } = probe.fit(features, labels, CLASSES).score(features);
      expect([rows, columns]).toEqual([60, CLASSES]);
      for (let row = 0; row < rows; row++) {
        const own = Array.from(data.subarray(row * CLASSES, (row + 1) * CLASSES));
        const sum = own.reduce((total, score) => total + score, 0);
        expect(sum).toBeCloseTo(1, 8);
      }
      expect(probe.fit(features, labels, CLASSES).score(features).data).toEqual(data);
      expect(features.data).toEqual(before);
    });

    it('reads several targets as it reads each by itself', () => {
      const other = labels.map((label, row) => (row % 4 === 0 ? -1 : Number(label === 2)));
      const targets = [
        { labels, classes: CLASSES },
        { labels: other, classes: 2 },
        { labels: labels.map((label) => (label + 1) % CLASSES), classes: CLASSES },
      ];
      const together = probe.fitEach(features, targets).score(features);
      const alone = targets.map((target) =>
        probe.fit(features, target.labels, target.classes).score(features),
      );
      expect(together).toEqual(alone);
      expect(probe.fitEach(features, []).predict(features)).toEqual([]);
    });

    it('reads of a code of few values the likeliest class of each', () => {
      const fitted = probe.fit(table.features, table.labels, CLASSES);
      const codes = { rows: 2, columns: 2, data: Float32Array.of(0, 1, 1, 0) };
      expect([...fitted.predict(codes)]).toEqual([0, 2]);
    });

    it('names the most frequent class where features tell nothing, and never one that no example has', () => {
      const constant = { rows: 7, columns: 2, data: new Float64Array(14).fill(3) };
      const fitted = probe.fit(constant, [3, 1, 1, 3, 1, 0, 1], 5);
      expect([...fitted.predict(constant)]).toEqual(new Array(7).fill(1));
      expect(
        [...fitted.score(constant).data.subarray(0, 5)].map((score) => Number(score.toFixed(9))),
      ).toEqual([0.142857143, 0.571428571, 0, 0.285714286, 0]);
    });

    it('leaves examples without a label out', () => {
      const wild = features.data.slice();
      const partial = labels.map((label, row) => (row % 4 === 0 ? -1 : label));
      for (let row = 0; row < 60; row += 4) wild.fill(1e3, 2 * row, 2 * row + 2);
      const { score } = probe.fit({ ...features, data: wild }, partial, CLASSES);
      expect(score(features)).toEqual(probe.fit(features, partial, CLASSES).score(features));
    });

    it('needs two examples, and takes so few', () => {
      const two = { rows: 2, columns: 1, data: Float64Array.of(0, 1) };
      expect([...probe.fit(two, [1, 0], 2).predict(two)].every((label) => label === 0 || label === 1)).toBe(
        true,
      );
      expect(() => probe.fit(two, [-1, 0], 2)).toThrow(/two examples/);
    });

    it('refuses wrong shapes, labels and numbers that are not finite', () => {
      expect(() => probe.fit(features, labels.subarray(1), CLASSES)).toThrow(ShapeMismatchError);
      expect(() => probe.fit(features, labels, 2)).toThrow(LabelOutOfRangeError);
      const broken = { ...features, data: Float64Array.from(features.data) };
      broken.data[5] = Number.NaN;
      expect(() => probe.fit(broken, labels, CLASSES)).toThrow(InvalidOptionError);
      const { predict } = probe.fit(features, labels, CLASSES);
      expect(() => predict(broken)).toThrow(InvalidOptionError);
      expect(() => predict({ ...features, rows: 40, columns: 3 })).toThrow(ShapeMismatchError);
    });
  });
}
