import { columnsOf, discreteEntropy, type FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import type { Metric, MetricRun } from '../metric';
import type { Representation } from '../representation';
import { ranksOf, rowsOf } from './columns';
import { checkBins, discretise } from './discretise';
import { drawExamples } from './examples';
import { informationMatrix } from './information-matrix';
import { mean, topTwoGaps } from './top-two-gap';
import { varyingFactors } from './varying-factors';

export interface DiscretisedOptions {
  /** Intervals of equal width that codes are cut into. Default 20. */
  bins?: number;
}

/**
 * The mutual information gap of a matrix: `mean_k (M_(1),k − M_(2),k) / H_k`, where `M_(1),k` is the largest number of
 * column k.
 *
 * @param information `M[d, k]` in nats, `[codes, factors]`
 * @param entropies `H_k` in nats, all above 0
 * @throws InvalidOptionError for a single code, no factor, or an entropy that is not above 0
 * @throws ShapeMismatchError unless there is one entropy per column
 */
export function migOfMatrix(information: FeatureMatrix, entropies: ArrayLike<number>): number {
  return mean(gapShares(information, entropies));
}

/** Per factor, the gap as a share of the factor's entropy. */
export function gapShares(information: FeatureMatrix, entropies: ArrayLike<number>): Float64Array {
  if (entropies.length !== information.columns) {
    throw new ShapeMismatchError({
      what: 'entropies',
      expected: [information.columns],
      received: [entropies.length],
    });
  }
  if (information.columns === 0) {
    throw new InvalidOptionError({ option: 'factors', expected: 'one at least', received: 0 });
  }
  return topTwoGaps(information).map((gap, factor) => {
    const entropy = entropies[factor] as number;
    if (entropy > 0) return gap / entropy;
    throw new InvalidOptionError(
      { option: `entropies[${factor}]`, expected: 'above 0', received: entropy },
      { hint: 'Leave factors with a single value out.' },
    );
  });
}

/**
 * The mutual information gap: how much more the best code tells about a factor than the second best, as a share of the
 * factor's entropy: `mean_k (M_(1),k − M_(2),k) / H(v_k)`, `M[d, k] = I(bin(z_d); v_k)`. In [0, 1].
 *
 * Where a factor has more values than there are bins even a perfect code falls short of 1. `details.ceiling` is the MIG
 * of codes that are the factors themselves, `mean_k H(bin(v_k)) / H(v_k)`, and `details.overCeiling` the value divided
 * by it. MIG does not see that one code holds two factors, and is 0 for duplicated codes.
 *
 * Factors with a single value are left out, with a note. A sampler is asked for 10,000 examples.
 *
 * Source: Chen et al., "Isolating Sources of Disentanglement in VAEs" (arXiv 1802.04942), as in disentanglement_lib.
 *
 * @throws InvalidOptionError for `bins` below 2; when measured, for a single code or without a factor that varies
 * @example
 * const { value } = await mig().measure({ codes, factors });
 */
export function mig({ bins = 20 }: DiscretisedOptions = {}): Metric {
  checkBins(bins);
  return {
    name: 'mig',
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, run) {
      const { value, details } = await measureGaps('mig', representation, bins, run);
      return { metric: 'mig', value, details };
    },
  };
}

/**
 * MIG divided by the MIG of the factors themselves, `mig / mean_k (H(bin(v_k)) / H(v_k))`: near 1 for perfect codes
 * however many values factors have. Slightly above 1 for codes whose bins hold a factor with more values than bins better
 * than the factor's own do. Otherwise as `mig`.
 */
export function migOverCeiling({ bins = 20 }: DiscretisedOptions = {}): Metric {
  checkBins(bins);
  const name = 'mig-over-ceiling';
  return {
    name,
    range: [0, Number.POSITIVE_INFINITY],
    better: 'high',
    needsFactors: true,
    async measure(representation, run) {
      const { details } = await measureGaps(name, representation, bins, run);
      return { metric: name, value: details.overCeiling, details };
    },
  };
}

async function measureGaps(
  name: string,
  representation: Representation,
  bins: number,
  run: MetricRun | undefined,
) {
  const { train } = await drawExamples(name, representation, run);
  const { factors, positions, notes } = varyingFactors(train.factors);
  const columns = columnsOf(factors);
  const entropies = columns.map(discreteEntropy);
  const information = informationMatrix(train.codes, factors, bins);
  const perFactor = gapShares(information, entropies);
  const value = mean(perFactor);
  const ceiling = mean(
    columns.map(
      (column, factor) => discreteEntropy(discretise(ranksOf(column), bins)) / (entropies[factor] as number),
    ),
  );
  const details = {
    perFactor: [...perFactor],
    factors: positions,
    information: rowsOf(information),
    entropies,
    ceiling,
    overCeiling: value / ceiling,
    notes,
  };
  return { value, details };
}
