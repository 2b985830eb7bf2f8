import { ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { argmaxRows, checkFinite, checkMatrix, selectRows } from './feature-matrix';

const matrix = { rows: 2, columns: 3, data: Float32Array.of(1, 5, 5, -3, -4, -2) };

describe('argmaxRows', () => {
  it('names the column of the largest value, the first one on a tie', () => {
    expect(argmaxRows(matrix)).toEqual(Int32Array.of(1, 2));
  });

  it.each([0, 1, 2])('names no column of a row with NaN in column %i', (column) => {
    const data = Float32Array.of(1, 5, 5, -3, -4, -2).fill(Number.NaN, 3 + column, 4 + column);
    expect(() => argmaxRows({ ...matrix, data })).toThrow(`[1, ${column}] must be a number`);
  });
});

describe('selectRows', () => {
  it('copies rows in the order asked for, repeats included', () => {
    expect(selectRows(matrix, [1, 0, 1])).toEqual({
      rows: 3,
      columns: 3,
      data: Float64Array.of(-3, -4, -2, 1, 5, 5, -3, -4, -2),
    });
  });
});

describe('checkMatrix', () => {
  it('accepts what fits and names what does not', () => {
    expect(() => checkMatrix('z', matrix, [0, 1])).not.toThrow();
    expect(() => checkMatrix('z', { ...matrix, rows: 3 })).toThrow(/z.data must have the shape \[9\]/);
    expect(() => checkMatrix('z', matrix, [0])).toThrow(ShapeMismatchError);
  });
});

describe('checkFinite', () => {
  it('names the row and column of the first number that is not finite', () => {
    const broken = { rows: 2, columns: 2, data: Float64Array.of(1, 2, 3, Number.POSITIVE_INFINITY) };
    expect(() => checkFinite('z', broken)).toThrow(/z\[1, 1\] must be a finite number, but is Infinity/);
    expect(() => checkFinite('z', matrix)).not.toThrow();
  });
});
