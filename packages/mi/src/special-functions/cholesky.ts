import { numberAt } from '@factornet/core/samples';
/**
 * The lower triangle `L` with `L Lᵀ = matrix`, of a symmetric matrix `[size, size]` row by row; `undefined` if
 * the matrix is not positive definite: if a pivot is no more than `tolerance` of its diagonal element, which is what
 * rounding leaves of a 0.
 */
export function choleskyFactor(
  matrix: Float64Array,
  size: number,
  tolerance = size * Number.EPSILON,
): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = numberAt(matrix, row * size + column);
      for (let inner = 0; inner < column; inner++) {
        sum -= numberAt(factor, row * size + inner) * numberAt(factor, column * size + inner);
      }
      if (row !== column) {
        factor[row * size + column] = sum / numberAt(factor, column * size + column);
        continue;
      }
      if (!(sum > tolerance * Math.abs(numberAt(matrix, row * size + row)))) return undefined;
      factor[row * size + row] = Math.sqrt(sum);
    }
  }
  return factor;
}

/** `log det(L Lᵀ) = 2 Σ log L_ii`; large dimensions neither overflow nor underflow, as a determinant would. */
export function logDeterminant(factor: Float64Array, size: number): number {
  let sum = 0;
  for (let row = 0; row < size; row++) sum += Math.log(numberAt(factor, row * size + row));
  return 2 * sum;
}

/** The square block of rows and columns `from` to `to`, exclusive. */
export function diagonalBlock(matrix: Float64Array, size: number, from: number, to: number): Float64Array {
  const width = to - from;
  const block = new Float64Array(width * width);
  for (let row = 0; row < width; row++) {
    const start = (from + row) * size + from;
    block.set(matrix.subarray(start, start + width), row * width);
  }
  return block;
}
