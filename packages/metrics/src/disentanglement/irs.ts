import { InvalidOptionError } from '@factornet/spec';
import type { Metric } from '../metric';
import type { FixedRepresentation } from '../representation';
import { columnsOf, isConstant } from './columns';
import { drawExamples } from './examples';
import { mean } from './top-two-gap';

export interface IrsOptions {
  /** Which quantile of deviations within a level counts; 1 is the largest, as in the paper. Default 0.99. */
  quantile?: number;
}

/**
 * The interventional robustness score, IRS: whether each code stays the same, whatever else changes, as long as its own
 * factor does. For code d and factor k, `R[d, k] = 1 − mean_levels q₉₉(|z_d − E[z_d|v_k]|) / max |z_d − E[z_d]|`; the
 * score is the mean of `max_k R[d, k]`, weighted by the largest deviation of each code. In [0, 1].
 *
 * Constant codes are left out, with a note; 0 if all are. Large codes dominate, since the score depends on their scale,
 * and noise scores 0.2 to 0.4, so that a value says little by itself. A sampler is asked for 10,000 examples.
 *
 * Source: Suter et al., "Robustly Disentangled Causal Mechanisms" (arXiv 1811.00007), as in disentanglement_lib; levels
 * of a factor are its values, not cut into bins.
 *
 * @throws InvalidOptionError for a quantile outside (0, 1]
 * @example
 * const { value } = await irs().measure({ codes, factors });
 */
export function irs({ quantile = 0.99 }: IrsOptions = {}): Metric {
  if (!(quantile > 0 && quantile <= 1)) {
    throw new InvalidOptionError({
      option: 'quantile',
      expected: 'above 0, up to 1',
      received: quantile,
    });
  }
  const name = 'irs';
  return {
    name,
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, run) {
      const { train } = await drawExamples(name, representation, run);
      const { value, ...details } = robustness(train, quantile);
      return { metric: name, value, details };
    },
  };
}

function robustness({ codes, factors }: FixedRepresentation, quantile: number) {
  const levels = columnsOf(factors).map(rowsByLevel);
  const columns = columnsOf(codes);
  const positions = [...columns.keys()].filter((code) => !isConstant(columns[code] as Float64Array));
  const dropped = columns.length - positions.length;
  const notes = dropped === 0 ? [] : [`Left out ${dropped} of ${columns.length} codes, which are constant.`];
  if (positions.length === 0) return { value: 0, perCode: [], codes: positions, robustness: [], notes };
  const weights: number[] = [];
  const matrix: number[][] = [];
  for (const position of positions) {
    const code = columns[position] as Float64Array;
    const largest = quantileOf(deviations(code), 1);
    weights.push(largest);
    matrix.push(
      levels.map((groups) => {
        const typical = groups.map((rows) =>
          quantileOf(deviations(Float64Array.from(rows, (row) => code[row] as number)), quantile),
        );
        return 1 - mean(typical) / largest;
      }),
    );
  }
  const perCode = matrix.map((row) => Math.max(...row));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const value = perCode.reduce((sum, score, code) => sum + (score * (weights[code] as number)) / total, 0);
  return { value: Math.min(1, Math.max(0, value)), perCode, codes: positions, robustness: matrix, notes };
}

/** For each value of a factor, the rows that have it. */
function rowsByLevel(factor: Float64Array): number[][] {
  const groups = new Map<number, number[]>();
  for (const [row, value] of factor.entries()) {
    const rows = groups.get(value);
    if (rows === undefined) groups.set(value, [row]);
    else rows.push(row);
  }
  return [...groups.values()];
}

/** How far each value is from their mean. */
function deviations(values: Float64Array): Float64Array {
  const average = mean(values);
  return values.map((value) => Math.abs(value - average));
}

/** The quantile, between neighbours in proportion, as NumPy's default. Sorts its argument. */
function quantileOf(values: Float64Array, quantile: number): number {
  values.sort();
  const place = quantile * (values.length - 1);
  const below = Math.floor(place);
  const low = values[below] as number;
  const high = values[Math.min(values.length - 1, below + 1)] as number;
  return low + (high - low) * (place - below);
}
