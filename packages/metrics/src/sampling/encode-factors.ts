import type { FeatureMatrix } from '@factornet/core/samples';
import { ShapeMismatchError } from '@factornet/spec';
import type { RepresentationSampler } from '../representation';
import { checkCodes } from './check-representation';

/** What an encoder gets at once: enough to keep a network busy, few enough for its pictures to fit in memory. */
export const ROWS_AT_ONCE = 1024;

/**
 * Codes of many examples, encoded `ROWS_AT_ONCE` rows at a time.
 *
 * @throws ShapeMismatchError, InvalidOptionError for what an encoder must not return
 */
export async function encodeFactors(
  sampler: RepresentationSampler,
  factors: FeatureMatrix,
): Promise<FeatureMatrix> {
  let data = new Float64Array(0);
  let columns = 0;
  for (let from = 0; from < factors.rows; from += ROWS_AT_ONCE) {
    const rows = Math.min(ROWS_AT_ONCE, factors.rows - from);
    const part = await sampler.encode({
      rows,
      columns: factors.columns,
      data: factors.data.subarray(from * factors.columns, (from + rows) * factors.columns),
    });
    checkCodes(part, rows);
    if (from === 0) {
      columns = part.columns;
      data = new Float64Array(factors.rows * columns);
    } else if (part.columns !== columns) {
      throw new ShapeMismatchError({
        what: 'codes',
        expected: [rows, columns],
        received: [rows, part.columns],
      });
    }
    data.set(part.data, from * columns);
  }
  return { rows: factors.rows, columns, data };
}
