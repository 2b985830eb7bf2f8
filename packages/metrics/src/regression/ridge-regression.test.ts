import type { FeatureMatrix } from '@factornet/core/samples';
import { expectCloseArrays } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { ridgeRegression } from './ridge-regression';

function matrix(rows: number[][]): FeatureMatrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, data: Float64Array.from(rows.flat()) };
}

function normals(rows: number, columns: number, seed: number): FeatureMatrix {
  return { rows, columns, data: randomStream(seed, 'features').normals(rows * columns) };
}

const apply = (
  { coefficients, intercept }: ReturnType<typeof ridgeRegression>,
  { rows, columns, data }: FeatureMatrix,
) =>
  Array.from({ length: rows }, (_, row) =>
    coefficients.reduce(
      (sum, value, column) => sum + value * (data[row * columns + column] as number),
      intercept,
    ),
  );

describe('ridgeRegression', () => {
  it('has the closed form of one feature', () => {
    // x has mean 5 and deviation 2, y mean 3 and covariance 1 with standardised x: y = 3 + (x − 5) / 2 / (1 + λ).
    const fitted = ridgeRegression({ features: matrix([[3], [7]]), targets: [2, 4], penalty: 0.25 });
    expectCloseArrays([...fitted.coefficients, fitted.intercept], [0.4, 1], { relative: 1e-12 });
  });

  it('finds the function that made the targets when hardly penalised', () => {
    const features = normals(50, 3, 1);
    const known = { coefficients: Float64Array.of(2, -1, 0.5), intercept: 7 };
    const fitted = ridgeRegression({ features, targets: apply(known, features), penalty: 1e-12 });
    expectCloseArrays(fitted.coefficients, known.coefficients, { absolute: 1e-9 });
    expect(fitted.intercept).toBeCloseTo(7, 9);
  });

  it('counts a row of weight 3 as three rows, and one of weight 0 not at all', () => {
    const [features, targets] = [normals(20, 4, 2), normals(20, 1, 3).data];
    const weights = Array.from({ length: 20 }, (_, row) => row % 4);
    const repeated = weights.flatMap((count, row) => new Array<number>(count).fill(row));
    const expected = ridgeRegression({
      features: matrix(repeated.map((row) => [...features.data.subarray(row * 4, row * 4 + 4)])),
      targets: repeated.map((row) => targets[row] as number),
    });
    const fitted = ridgeRegression({ features, targets, weights });
    expectCloseArrays(fitted.coefficients, expected.coefficients, { absolute: 1e-12 });
    expect(fitted.intercept).toBeCloseTo(expected.intercept, 12);
  });

  it('agrees with least squares on augmented rows, an independent way to solve it', () => {
    const [rows, columns, penalty] = [60, 5, 0.03];
    const [features, targets] = [normals(rows, columns, 4), Array.from(normals(rows, 1, 5).data)];
    const x = Matrix.from1DArray(rows, columns, Array.from(features.data));
    const mean = x.mean('column');
    x.subRowVector(mean);
    x.divRowVector(x.standardDeviation('column', { unbiased: false, mean: mean.map(() => 0) }));
    const average = targets.reduce((sum, value) => sum + value, 0) / rows;
    // ‖y − Xv‖² + nλ‖v‖² = ‖[y; 0] − [X; √(nλ)·I]·v‖²
    const augmented = Matrix.zeros(rows + columns, columns);
    augmented.setSubMatrix(x, 0, 0);
    augmented.setSubMatrix(Matrix.eye(columns).mul(Math.sqrt(rows * penalty)), rows, 0);
    const y = Matrix.columnVector([
      ...targets.map((value) => value - average),
      ...new Array(columns).fill(0),
    ]);
    const expected = x.mmul(pseudoInverse(augmented).mmul(y)).add(average).to1DArray();
    expectCloseArrays(apply(ridgeRegression({ features, targets, penalty }), features), expected, {
      absolute: 1e-10,
    });
  });

  it('gives features that do not vary the coefficient 0', () => {
    const features = matrix([
      [1, 0.1],
      [2, 0.1],
      [4, 0.1],
    ]);
    const { coefficients, intercept } = ridgeRegression({ features, targets: [2, 4, 8], penalty: 1e-12 });
    expectCloseArrays([...coefficients, intercept], [2, 0, 0], { absolute: 1e-9 });
  });

  it('refuses what it cannot work with', () => {
    const features = matrix([[1], [2]]);
    expect(() => ridgeRegression({ features, targets: [1] })).toThrow(ShapeMismatchError);
    expect(() => ridgeRegression({ features, targets: [1, 2], weights: [1] })).toThrow(ShapeMismatchError);
    for (const wrong of [
      { targets: [1, Number.NaN] },
      { targets: [1, 2], weights: [0, 0] },
      { targets: [1, 2], weights: [2, -1] },
      { targets: [1, 2], penalty: 0 },
    ]) {
      expect(() => ridgeRegression({ features, ...wrong })).toThrow(InvalidOptionError);
    }
  });
});
