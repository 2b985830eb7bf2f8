import { checkFinite, checkMatrix, type FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { Metric } from '../metric';
import { rowsOf } from './columns';
import { checkBins } from './discretise';
import { drawExamples } from './examples';
import { informationMatrix } from './information-matrix';
import type { DiscretisedOptions } from './mig';
import { mean } from './top-two-gap';
import { varyingFactors } from './varying-factors';

/**
 * Modularity of a matrix: per row `1 − (Σ_k M² − max²) / (max² · (K − 1))`, 0 for a row of zeros, averaged over rows.
 *
 * @param information what each code tells about each factor, `[codes, factors]`
 * @throws ShapeMismatchError unless `data` is as long as the shape says
 * @throws InvalidOptionError without a code, for fewer than two factors, or a number that is not finite
 */
export function modularityOfMatrix(information: FeatureMatrix): number {
  return mean(rowModularities(information));
}

/** The modularity of each row. */
export function rowModularities(information: FeatureMatrix): Float64Array {
  checkMatrix('information', information);
  checkFinite('information', information);
  const { rows, columns, data } = information;
  if (columns < 2) {
    throw new InvalidOptionError({ option: 'factors', expected: 'two at least', received: columns });
  }
  if (rows === 0) throw new InvalidOptionError({ option: 'codes', expected: 'one at least', received: rows });
  return Float64Array.from({ length: rows }, (_, row) => {
    const values = Float64Array.from(data.subarray(row * columns, (row + 1) * columns));
    // In shares of the largest, so that tiny numbers do not become zero when squared.
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (largest === 0) return 0;
    const squares = values.reduce((sum, value) => sum + (value / largest) ** 2, 0);
    return 1 - (squares - 1) / (columns - 1);
  });
}

/**
 * Modularity: whether each code tells about one factor only, `mean_d [1 − (Σ_k M² − max²) / (max² (K − 1))]` with
 * `M[d, k] = I(bin(z_d); v_k)`. In [0, 1].
 *
 * A code that tells nothing has M = 0 only in theory; from counts, noise scores 0.5 or so. Constant codes score 0, and
 * codes count alike however much they tell, so that it cannot be compared across numbers of codes. Rotations pass, too:
 * read it next to MIG or DCI. Factors with a single value are left out, with a note. A sampler is asked for 10,000
 * examples.
 *
 * Source: Ridgeway and Mozer, "Learning Deep Disentangled Embeddings with the F-Statistic Loss" (arXiv 1802.05312), as in
 * disentanglement_lib.
 *
 * @throws InvalidOptionError for `bins` below 2; when measured, for fewer than two factors that vary
 * @example
 * const { value } = await modularity().measure({ codes, factors });
 */
export function modularity({ bins = 20 }: DiscretisedOptions = {}): Metric {
  checkBins(bins);
  const name = 'modularity';
  return {
    name,
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, run) {
      const { train } = await drawExamples(name, representation, run);
      const { factors, positions, notes } = varyingFactors(train.factors, 2);
      const information = informationMatrix(train.codes, factors, bins);
      const perCode = rowModularities(information);
      return {
        metric: name,
        value: mean(perCode),
        details: { perCode: [...perCode], factors: positions, information: rowsOf(information), notes },
      };
    },
  };
}
