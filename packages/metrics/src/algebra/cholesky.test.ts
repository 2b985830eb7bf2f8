import { expectCloseArrays } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { choleskyInPlace, solveCholesky } from './cholesky';
import { addRowProducts, rowsOf } from './row-products';

const normals = (count: number, key: string) => Float64Array.from(randomStream(1, key).normals(count));

describe('addRowProducts', () => {
  it.each([
    [3, 6, 4],
    [5, 4, 300],
    [1, 2, 257],
    [7, 1, 1],
  ])('is a plain loop, at edges, too: %i × %i over %i', (left, right, depth) => {
    const [x, y] = [normals(left * depth, 'x'), normals(right * depth, 'y')];
    const target = normals(left * right, 'target');
    const expected = target.map((value, at) => {
      const [i, j] = [Math.floor(at / right), at % right];
      let sum = 0;
      for (let k = 0; k < depth; k++) sum += (x[i * depth + k] as number) * (y[j * depth + k] as number);
      return value - sum;
    });
    const rows = [rowsOf(x, depth, left), rowsOf(y, depth, right), depth] as const;
    for (const sign of [1, -1, -1] as const) addRowProducts(rowsOf(target, right, left), ...rows, sign);
    expectCloseArrays(target, expected, { absolute: 1e-11 });
  });
});

describe('choleskyInPlace', () => {
  it.each([1, 7, 48, 131])(
    'agrees with another implementation at size %i, and so does the solution',
    (size) => {
      const x = new Matrix(size, size + 3);
      normals(size * (size + 3), 'matrix').forEach((value, at) => {
        x.set(Math.floor(at / (size + 3)), at % (size + 3), value);
      });
      const a = x.mmul(x.transpose());
      const b = new Matrix(size, 2);
      normals(size * 2, 'right').forEach((value, at) => {
        b.set(at >> 1, at & 1, value);
      });
      const other = new CholeskyDecomposition(a);
      const lower = Float64Array.from(a.to1DArray());
      // What is above the diagonal is not looked at.
      for (let row = 0; row < size; row++) lower.fill(Number.NaN, row * size + row + 1, (row + 1) * size);
      // NaN above the diagonal of a block is written, never read.
      expect(choleskyInPlace(lower, size)).toBe(true);
      const triangle = lower.map((value, at) => (at % size <= Math.floor(at / size) ? value : 0));
      expectCloseArrays(triangle, other.lowerTriangularMatrix.to1DArray(), { absolute: 1e-9 });
      const solution = Float64Array.from(b.transpose().to1DArray());
      solveCholesky(lower, size, solution);
      const expected = other.solve(b).transpose().to1DArray();
      expectCloseArrays(solution, expected, { absolute: 1e-6, relative: 1e-6 });
    },
  );

  it('tells a matrix that is not positive definite', () => {
    expect(choleskyInPlace(Float64Array.of(1, 0, 2, 1), 2)).toBe(false);
    expect(choleskyInPlace(Float64Array.of(Number.NaN), 1)).toBe(false);
  });
});
