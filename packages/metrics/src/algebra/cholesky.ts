import { addRowProducts } from './row-products';

const numberAt = (values: Float64Array, index: number) => values[index] as number;

/** Columns that are worked out together. */
const BLOCK = 30;

/**
 * Cholesky's decomposition in place: of a symmetric positive definite matrix `[size, size]`, of which only the lower
 * triangle is read, to the L of `A = L·Lᵀ` in its lower triangle. Blocks of columns, each less the products of rows before
 * it: `size³ / 6` multiply–accumulate operations in plain arrays.
 *
 * @returns whether the matrix is positive definite; if not, it is left half done
 */
export function choleskyInPlace(matrix: Float64Array, size: number): boolean {
  for (let start = 0; start < size; start += BLOCK) {
    const end = Math.min(size, start + BLOCK);
    const rows = (column: number, count: number) => ({
      data: matrix,
      start: start * size + column,
      stride: size,
      count,
    });
    addRowProducts(rows(start, size - start), rows(0, size - start), rows(0, end - start), start, -1);
    for (let row = start; row < size; row++) {
      for (let column = start; column < Math.min(row + 1, end); column++) {
        const value =
          numberAt(matrix, row * size + column) - product(matrix, row, matrix, column, size, start, column);
        if (row === column) {
          if (!(value > 0)) return false;
          matrix[row * size + row] = Math.sqrt(value);
        } else {
          matrix[row * size + column] = value / numberAt(matrix, column * size + column);
        }
      }
    }
  }
  return true;
}

/**
 * Solves `A·x = b` in place for several b, one behind the other: `[count, size]`.
 *
 * @param factor L in its lower triangle, as `choleskyInPlace` leaves it
 */
export function solveCholesky(factor: Float64Array, size: number, right: Float64Array): void {
  for (let each = 0; each < right.length / size; each++) {
    const from = each * size;
    for (let row = 0; row < size; row++) {
      const value = numberAt(right, from + row) - product(right, each, factor, row, size, 0, row);
      right[from + row] = value / numberAt(factor, row * size + row);
    }
    for (let row = size - 1; row >= 0; row--) {
      const value = numberAt(right, from + row) / numberAt(factor, row * size + row);
      right[from + row] = value;
      for (let column = 0, at = row * size; column < row; column++, at++) {
        right[from + column] = numberAt(right, from + column) - value * numberAt(factor, at);
      }
    }
  }
}

/** Of row i of one and row j of the other, both with `size` columns, over some columns. */
function product(
  left: Float64Array,
  i: number,
  right: Float64Array,
  j: number,
  size: number,
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let a = i * size + from, b = j * size + from, k = from; k < to; k++, a++, b++) {
    sum += numberAt(left, a) * numberAt(right, b);
  }
  return sum;
}
