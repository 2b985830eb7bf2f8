import { numberAt } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import { choleskyFactor, diagonalBlock, logDeterminant } from '../special-functions/cholesky';

/** `(1 − r) I + r 1 1ᵀ`: every two of `size` coordinates correlate by `r`. Row by row. */
export function equicorrelated(size: number, correlation: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, index) =>
    index % (size + 1) === 0 ? 1 : correlation,
  );
}

/** The identity, but coordinate i of x correlates with coordinate i of y, for i below `pairs`. */
export function pairwiseCorrelated(
  xFeatures: number,
  yFeatures: number,
  pairs: number,
  correlation: number,
): Float64Array {
  const size = xFeatures + yFeatures;
  const covariance = equicorrelated(size, 0);
  for (let pair = 0; pair < pairs; pair++) {
    covariance[pair * size + xFeatures + pair] = correlation;
    covariance[(xFeatures + pair) * size + pair] = correlation;
  }
  return covariance;
}

/** @throws InvalidOptionError unless the matrix is positive definite */
export function covarianceFactor(covariance: Float64Array, size: number): Float64Array {
  const factor = covariance.length === size * size ? choleskyFactor(covariance, size) : undefined;
  if (factor !== undefined) return factor;
  throw new InvalidOptionError({
    option: 'covariance',
    expected: `a positive definite matrix of ${size} × ${size} numbers`,
    received: covariance,
  });
}

/** The information of a Gaussian: `½ [log det S_xx + log det S_yy − log det S]` nats. */
export function gaussianInformation(covariance: Float64Array, xFeatures: number, yFeatures: number): number {
  const size = xFeatures + yFeatures;
  const logDet = (matrix: Float64Array, of: number) => logDeterminant(covarianceFactor(matrix, of), of);
  const ofX = logDet(diagonalBlock(covariance, size, 0, xFeatures), xFeatures);
  const ofY = logDet(diagonalBlock(covariance, size, xFeatures, size), yFeatures);
  return (ofX + ofY - logDet(covariance, size)) / 2;
}

/** `L z`, where L is lower triangular, added to what is in `sum` from `start` on. */
export function addProduct(factor: Float64Array, z: Float64Array, sum: Float64Array, start: number): void {
  const size = z.length;
  for (let row = 0; row < size; row++) {
    let value = 0;
    for (let column = 0; column <= row; column++) {
      value += numberAt(factor, row * size + column) * numberAt(z, column);
    }
    sum[start + row] = numberAt(sum, start + row) + value;
  }
}
