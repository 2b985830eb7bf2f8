import { columnsOf, type FeatureMatrix, numberAt } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { Metric } from '../metric';
import type { FixedRepresentation } from '../representation';
import { centred, isConstant, ranksOf } from './columns';
import { discretise } from './discretise';
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
 * Levels of a factor are its values, or, where it has more than 20, its values in order cut into 20 bins, with a note: in
 * levels of few examples quantiles are small by chance, and any code looks robust. A note also says where levels have fewer
 * than 20 examples on average all the same.
 *
 * Constant codes are left out, with a note; 0 if all are. Large codes dominate, since the score depends on their scale
 * relative to each other, and noise scores 0.2 to 0.4, so that a value says little by itself. A sampler is asked for 10,000
 * examples.
 *
 * Source: Suter et al., "Robustly Disentangled Causal Mechanisms" (arXiv 1811.00007), as in disentanglement_lib, which also
 * cuts factors into 20 bins.
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

/** As in disentanglement_lib. */
const MOST_LEVELS = 20;
/** Below, the 99th percentile is the largest of few. */
const FEWEST_EXAMPLES = 20;

function robustness({ codes, factors }: FixedRepresentation, quantile: number) {
  const cut = columnsOf(factors).map(cutLevels);
  const levels = cut.map(rowsByLevel);
  const columns = columnsOf(codes);
  const positions = [...columns.keys()].filter((code) => !isConstant(columns[code] as Float64Array));
  const dropped = columns.length - positions.length;
  const notes = dropped === 0 ? [] : [`Left out ${dropped} of ${columns.length} codes, which are constant.`];
  notes.push(...notesOnLevels(factors, levels));
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
          quantileOf(deviations(Float64Array.from(rows, (row) => numberAt(code, row))), quantile),
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

/** A factor of few values as it is, one of many in bins of neighbouring values. */
function cutLevels(factor: Float64Array): ArrayLike<number> {
  const ranks = ranksOf(factor);
  const isLong = ranks.some((rank) => rank >= MOST_LEVELS);
  return isLong ? discretise(ranks, MOST_LEVELS) : ranks;
}

function notesOnLevels({ rows, columns, data }: FeatureMatrix, levels: readonly number[][][]): string[] {
  const notes: string[] = [];
  for (const [factor, groups] of levels.entries()) {
    const values = new Set(data.filter((_, index) => index % columns === factor)).size;
    if (values > groups.length)
      notes.push(`The ${values} values of factor ${factor} are cut into ${groups.length} bins.`);
    if (groups.length > 1 && rows < FEWEST_EXAMPLES * groups.length)
      notes.push(
        `Levels of factor ${factor} have ${Math.round(rows / groups.length)} examples on average: codes look robust by chance, so the value is too high.`,
      );
  }
  return notes;
}

/** For each level of a factor, the rows that have it. */
function rowsByLevel(levels: ArrayLike<number>): number[][] {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < levels.length; row++) {
    const value = levels[row] as number;
    const rows = groups.get(value);
    if (rows === undefined) groups.set(value, [row]);
    else rows.push(row);
  }
  return [...groups.values()];
}

/** How far each value is from their mean. */
function deviations(values: Float64Array): Float64Array {
  return centred(values).map(Math.abs);
}

/** The quantile, between neighbours in proportion, as NumPy's default. Sorts its argument. */
function quantileOf(values: Float64Array, quantile: number): number {
  values.sort();
  const place = quantile * (values.length - 1);
  const below = Math.floor(place);
  const low = numberAt(values, below);
  const high = numberAt(values, Math.min(values.length - 1, below + 1));
  return low + (high - low) * (place - below);
}
