import type { FeatureMatrix } from '@factornet/core/samples';
import { expectCloseArrays } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { LabelOutOfRangeError } from '@factornet/spec/training';
import { Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { accuracy } from '../accuracy';
import { linearProbe } from './linear-probe';

function matrix(rows: number[][]): FeatureMatrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, data: Float64Array.from(rows.flat()) };
}

function normals(rows: number, columns: number, seed: number): FeatureMatrix {
  return { rows, columns, data: randomStream(seed, 'features').normals(rows * columns) };
}

function randomLabels(length: number, classes: number, seed: number): Int32Array {
  const stream = randomStream(seed, 'labels');
  return Int32Array.from({ length }, () => stream.integer(classes));
}

describe('linearProbe', () => {
  it('has the closed form of one feature and two classes', () => {
    // x = ±1 has mean 0, deviation 1; XᵀX/n = 1; XᵀY/n = [−½, ½]; W = ∓½ / (1 + λ); bias ½.
    const probe = linearProbe({ penalty: 0.25 }).fit(matrix([[-1], [1], [-1], [1]]), [0, 1, 0, 1], 2);
    expectCloseArrays(probe.score(matrix([[1], [3]])).data, [0.1, 0.9, -0.7, 1.7], { relative: 1e-12 });
  });

  it('reads a feature of any size and offset equally well when it standardises', () => {
    const labels = [0, 1, 0, 1];
    const train = matrix([[5 - 1e-3], [5 + 1e-3], [5 - 1e-3], [5 + 1e-3]]);
    const probe = linearProbe({ penalty: 0.25 }).fit(train, labels, 2);
    expectCloseArrays(probe.score(matrix([[5 + 1e-3]])).data, [0.1, 0.9], { relative: 1e-9 });
    // Unscaled: XᵀX/n = 1e-6, W = ∓½·1e-3 / (1e-6 + ¼): the score hardly leaves the bias.
    const plain = linearProbe({ penalty: 0.25, standardise: false }).fit(train, labels, 2);
    const shift = (0.5 * 1e-6) / (1e-6 + 0.25);
    expectCloseArrays(plain.score(matrix([[5 + 1e-3]])).data, [0.5 - shift, 0.5 + shift], {
      relative: 1e-12,
    });
  });

  it('agrees with ridge regression by least squares on augmented rows, an independent way to solve it', () => {
    const [rows, columns, classes, penalty] = [60, 7, 3, 0.03];
    const features = normals(rows, columns, 1);
    const labels = randomLabels(rows, classes, 2);
    const x = Matrix.from1DArray(rows, columns, Array.from(features.data));
    const mean = x.mean('column');
    const centred = x.clone().subRowVector(mean);
    const deviations = centred.standardDeviation('column', { unbiased: false, mean: mean.map(() => 0) });
    const scaled = centred.divRowVector(deviations);
    const y = Matrix.zeros(rows, classes);
    labels.forEach((label, row) => {
      y.set(row, label, 1);
    });
    const bias = y.mean('column');
    // ‖Y − XW‖² + nλ‖W‖² = ‖[Y; 0] − [X; √(nλ)·I]·W‖²
    const augmentedX = Matrix.zeros(rows + columns, columns);
    augmentedX.setSubMatrix(scaled, 0, 0);
    augmentedX.setSubMatrix(Matrix.eye(columns).mul(Math.sqrt(rows * penalty)), rows, 0);
    const augmentedY = Matrix.zeros(rows + columns, classes);
    augmentedY.setSubMatrix(y.clone().subRowVector(bias), 0, 0);
    const weights = pseudoInverse(augmentedX).mmul(augmentedY);
    const expected = scaled.mmul(weights).addRowVector(bias);
    const received = linearProbe({ penalty }).fit(features, labels, classes).score(features);
    expectCloseArrays(received.data, expected.to1DArray(), { absolute: 1e-10, relative: 0 });
  });

  it('tells separable classes apart', () => {
    const labels = randomLabels(400, 3, 3);
    const features = normals(400, 5, 4);
    labels.forEach((label, row) => {
      features.data[row * 5 + label] = 20 + label;
    });
    const probe = linearProbe().fit(features, labels, 3);
    expect(accuracy(probe.predict(features), labels)).toBe(1);
  });

  it('finds nothing in noise: chance within four standard errors', () => {
    const probe = linearProbe().fit(normals(2000, 10, 5), randomLabels(2000, 4, 6), 4);
    const read = accuracy(probe.predict(normals(2000, 10, 7)), randomLabels(2000, 4, 8));
    expect(Math.abs(read - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 2000));
  });

  it('drops constant features, even those whose mean is not exact', () => {
    const varying = normals(50, 2, 9);
    const labels = randomLabels(50, 2, 10);
    const rows = Array.from({ length: 50 }, (_, row) => [
      0.1,
      varying.data[2 * row] as number,
      1 / 3,
      varying.data[2 * row + 1] as number,
      0,
    ]);
    const withConstants = linearProbe({ penalty: 0 }).fit(matrix(rows), labels, 2).score(matrix(rows));
    const without = linearProbe({ penalty: 0 }).fit(varying, labels, 2).score(varying);
    expectCloseArrays(withConstants.data, without.data, { relative: 1e-9 });
  });

  it('answers with the largest class if every feature is constant', () => {
    const constant = matrix([[1], [1], [1]]);
    expect([...linearProbe().fit(constant, [1, 1, 0], 2).predict(constant)]).toEqual([1, 1, 1]);
  });

  it('reads duplicated features with a penalty, and says what to do without one', () => {
    const rows = Array.from({ length: 40 }, (_, row) => [row, row, 2 * row + 1]);
    const labels = Int32Array.from({ length: 40 }, (_, row) => (row < 20 ? 0 : 1));
    const probe = linearProbe().fit(matrix(rows), labels, 2);
    expect(accuracy(probe.predict(matrix(rows)), labels)).toBe(1);
    const unpenalised = () => linearProbe({ penalty: 0 }).fit(matrix(rows), labels, 2);
    expect(unpenalised).toThrow(InvalidOptionError);
    expect(unpenalised).toThrow(/positive definite.*\n.*raise the penalty/);
  });

  it('handles more features than examples', () => {
    const probe = linearProbe().fit(normals(20, 50, 11), randomLabels(20, 3, 12), 3);
    expect(probe.predict(normals(5, 50, 13))).toHaveLength(5);
  });

  it('leaves unlabelled rows out and never predicts a class it has not seen', () => {
    const features = matrix([[-1], [9], [1], [-1], [-7], [1]]);
    const probe = linearProbe().fit(features, [0, -1, 2, 0, -1, 2], 4);
    const labelledOnly = linearProbe().fit(matrix([[-1], [1], [-1], [1]]), [0, 2, 0, 2], 4);
    expect([...probe.score(features).data]).toEqual([...labelledOnly.score(features).data]);
    expect(new Set(probe.predict(normals(200, 1, 14)))).toEqual(new Set([0, 2]));
  });

  it('gives the same numbers twice', () => {
    const [features, labels] = [normals(100, 20, 15), randomLabels(100, 4, 16)];
    const first = linearProbe().fit(features, labels, 4).score(features);
    expect(linearProbe().fit(features, labels, 4).score(features)).toEqual(first);
  });

  it('names what is wrong with its input', () => {
    const features = matrix([[1], [2], [3]]);
    expect(() => linearProbe({ penalty: -1 })).toThrow(/penalty must be a number from 0/);
    expect(() => linearProbe().fit(features, [0, 1, 2], 2)).toThrow(LabelOutOfRangeError);
    expect(() => linearProbe().fit(features, [0, 1], 2)).toThrow(ShapeMismatchError);
    expect(() => linearProbe().fit(features, [-1, -1, 1], 2)).toThrow(/two examples/);
    expect(() => linearProbe().fit(matrix([[1], [Number.NaN], [3]]), [0, 1, 1], 2)).toThrow(
      /features\[1, 0\]/,
    );
    const probe = linearProbe().fit(features, [0, 1, 1], 2);
    expect(() => probe.predict(matrix([[1, 2]]))).toThrow(ShapeMismatchError);
  });

  it('fits 10,000 examples of 256 features in under three seconds of processor time', () => {
    const features = normals(10_000, 256, 17);
    const labels = randomLabels(10_000, 4, 18);
    const before = process.cpuUsage();
    linearProbe().fit(features, labels, 4);
    // Half a second alone; processor time, since other tests run beside this one.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(3);
  });
});
