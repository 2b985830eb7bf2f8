import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { expectCloseArrays } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { accuracy } from '../accuracy';
import { kernelProbe } from './kernel-probe';
import { linearProbe } from './linear-probe';
import type { Probe } from './probe';

/** Examples that any language can make. */
const rows = Array.from({ length: 30 }, (_, i) => [
  Math.sin(1.7 * i),
  3 * Math.cos(2.3 * i) + 5,
  (i * i) % 7,
]);
const labels = rows.map((_, i) => ((i * 5) % 11) % 3);

/**
 * `KernelRidge(alpha=penalty, kernel='rbf', gamma=width/3)` of scikit-learn 1.9.1 on the first 24, standardised by their
 * mean and deviation, of one-hot classes less their share; of the last six, the share added again.
 */
const golden = [
  {
    width: 0.4,
    penalty: 0.03,
    scores: [
      0.313353362, 0.507315025, 0.179331613, 0.059343417, 0.588906924, 0.351749659, -0.099231605, 0.843057413,
      0.256174193, -0.065936263, 0.956458318, 0.109477945, 0.193011639, 0.521891783, 0.285096578, 0.531653376,
      -0.16607646, 0.634423084,
    ],
  },
  {
    width: 1.6,
    penalty: 0.3,
    scores: [
      0.186297699, 0.619105373, 0.194596929, 0.054181174, 0.556483053, 0.389335773, 0.106268235, 0.525904389,
      0.367827376, 0.053026426, 0.878494983, 0.068478591, 0.341219017, 0.420552156, 0.238228827, 0.460179598,
      -0.058216888, 0.598037289,
    ],
  },
];

const normals = (count: number, columns: number, key: string): FeatureMatrix => ({
  rows: count,
  columns,
  data: randomStream(1, key).normals(count * columns),
});

/** One of four, by the signs of two numbers multiplied: no line tells. */
function signs({ rows: count, columns, data }: FeatureMatrix): Int32Array {
  return Int32Array.from({ length: count }, (_, row) =>
    Number((data[row * columns] as number) * (data[row * columns + 1] as number) > 0),
  );
}

describe('kernelProbe', () => {
  it.each(golden)('is scikit-learn’s, of width $width and penalty $penalty', ({ width, penalty, scores }) => {
    const probe = kernelProbe({ widths: [width], penalties: [penalty] });
    const fitted = probe.fit(featureMatrix(rows.slice(0, 24)), labels.slice(0, 24), 3);
    expectCloseArrays(fitted.score(featureMatrix(rows.slice(24))).data, scores, { absolute: 1e-8 });
  });

  it('chooses what is right most often on a third kept aside', () => {
    const [learnt, fresh] = [normals(240, 2, 'learnt'), normals(200, 2, 'fresh')];
    const read = (widths: number[]) =>
      accuracy(kernelProbe({ widths }).fit(learnt, signs(learnt), 2).predict(fresh), signs(fresh));
    // Kernels far too wide or too narrow tell next to nothing.
    expect(read([1e-5])).toBeLessThan(0.6);
    expect(read([1e5])).toBeLessThan(0.6);
    expect(read([1e-5, 0.4, 1e5])).toBeGreaterThan(0.85);
  });

  it('reads what no line can', () => {
    const [learnt, fresh] = [normals(300, 3, 'learnt'), normals(200, 3, 'fresh')];
    const read = (probe: Probe) => accuracy(probe.fit(learnt, signs(learnt), 2).predict(fresh), signs(fresh));
    expect(read(linearProbe())).toBeLessThan(0.7);
    expect(read(kernelProbe())).toBeGreaterThan(0.85);
  });

  it('joins equal rows without a change in any score', () => {
    const probe = kernelProbe({ widths: [0.4], penalties: [0.3] });
    const codes = featureMatrix(rows.map((_, i) => (i % 4 === 0 ? [1, 0] : [0, (i % 3) + 1])));
    const joined = probe.fit(codes, labels, 3).score(codes);
    // Apart by less than any digit that counts, so that none are equal.
    const apart = codes.data.map((value, at) => value + 1e-9 * at);
    const alone = probe.fit({ ...codes, data: apart }, labels, 3).score(codes);
    expectCloseArrays(joined.data, alone.data, { absolute: 1e-6 });
  });

  it('learns twenty thousand examples of a one-hot code in no time: the table of each value', () => {
    const count = 20_000;
    const values = Int32Array.from({ length: count }, (_, row) => (row * 7919) % 5);
    const data = new Float32Array(count * 5);
    for (const [row, value] of values.entries()) data[row * 5 + value] = 5;
    const codes = { rows: count, columns: 5, data };
    const fitted = kernelProbe().fit(
      codes,
      values.map((value) => value % 3),
      3,
    );
    expect([...fitted.predict({ rows: 5, columns: 5, data: data.subarray(0, 25) })]).toEqual(
      [...values.subarray(0, 5)].map((value) => value % 3),
    );
  });

  it('learns from as many examples as it may, whichever come first', () => {
    const [learnt, fresh] = [normals(900, 2, 'learnt'), normals(200, 2, 'fresh')];
    const own = signs(learnt);
    const order = [0, 1].flatMap((label) => [...own.keys()].filter((row) => own[row] === label));
    const sorted = {
      ...learnt,
      data: Float64Array.from(order.flatMap((row) => [...learnt.data.subarray(2 * row, 2 * row + 2)])),
    };
    const { predict } = kernelProbe({ examples: 100 }).fit(sorted, signs(sorted), 2);
    expect(accuracy(predict(fresh), signs(fresh))).toBeGreaterThan(0.8);
  });

  it('refuses widths, penalties and numbers of examples that mean nothing', () => {
    for (const wrong of [
      { widths: [] },
      { widths: [0] },
      { penalties: [-1] },
      { examples: 1 },
      { examples: 2.5 },
    ]) {
      expect(() => kernelProbe(wrong)).toThrow(InvalidOptionError);
    }
    const close = featureMatrix(rows.map((_, i) => 1 + 1e-9 * i));
    const tiny = kernelProbe({ widths: [1e-9], penalties: [1e-30] });
    expect(() => tiny.fit(close, labels, 3)).toThrow(/penalties must be large enough/);
  });
});
