import { describe, expect, it } from 'vitest';
import { choleskyFactor, diagonalBlock, logDeterminant } from './cholesky';

const matrix = Float64Array.of(4, 2, 1, 2, 5, 3, 1, 3, 6);

describe('choleskyFactor', () => {
  it('gives the matrix back as L Lᵀ', () => {
    const factor = choleskyFactor(matrix, 3) as Float64Array;
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        let product = 0;
        for (let inner = 0; inner < 3; inner++) {
          product += (factor[row * 3 + inner] as number) * (factor[column * 3 + inner] as number);
        }
        expect(product).toBeCloseTo(matrix[row * 3 + column] as number, 12);
      }
    }
    expect([factor[1], factor[2], factor[5]]).toEqual([0, 0, 0]);
  });

  it('finds a matrix that is singular to rounding, or not positive', () => {
    const third = 1 / 3;
    expect(choleskyFactor(Float64Array.of(third, third, third, third), 2)).toBeUndefined();
    expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
    expect(choleskyFactor(Float64Array.of(Number.NaN), 1)).toBeUndefined();
  });
});

describe('logDeterminant', () => {
  it('agrees with a determinant worked out by hand', () => {
    // 4(30 − 9) − 2(12 − 3) + 1(6 − 5) = 67.
    expect(logDeterminant(choleskyFactor(matrix, 3) as Float64Array, 3)).toBeCloseTo(Math.log(67), 12);
  });

  it('holds where the determinant itself would be 0', () => {
    const size = 400;
    const small = new Float64Array(size * size);
    for (let row = 0; row < size; row++) small[row * size + row] = 1e-4;
    const factor = choleskyFactor(small, size) as Float64Array;
    expect(logDeterminant(factor, size)).toBeCloseTo(size * Math.log(1e-4), 8);
  });
});

describe('diagonalBlock', () => {
  it('cuts a square out', () => {
    expect(diagonalBlock(matrix, 3, 1, 3)).toEqual(Float64Array.of(5, 3, 3, 6));
  });
});
