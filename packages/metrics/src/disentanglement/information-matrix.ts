import {
  checkFinite,
  checkMatrix,
  columnsOf,
  discreteMutualInformation,
  type FeatureMatrix,
} from '@factornet/core/samples';
import { discretise } from './discretise';

/**
 * What each code tells about each factor, in nats: `M[d, k] = I(bin(z_d); v_k)`, from counts, `[codes, factors]`.
 *
 * Codes are cut into bins of equal width, see `discretise`. High by about
 * `(bins − 1)(levels − 1) / 2N` where code and factor are independent.
 *
 * @param codes `[examples, codes]`
 * @param factors `[examples, factors]`
 * @throws ShapeMismatchError if the numbers of rows differ
 * @throws InvalidOptionError for a number that is not finite
 */
export function informationMatrix(codes: FeatureMatrix, factors: FeatureMatrix, bins = 20): FeatureMatrix {
  for (const [what, matrix] of Object.entries({ codes, factors })) {
    checkMatrix(what, matrix);
    checkFinite(what, matrix);
  }
  const factorColumns = columnsOf(factors);
  const data = columnsOf(codes).flatMap((code) => {
    const labels = discretise(code, bins);
    return factorColumns.map((factor) => discreteMutualInformation(labels, factor));
  });
  return { rows: codes.columns, columns: factors.columns, data: Float64Array.from(data) };
}
