import { numberAt } from './at';
import { columnOf } from './columns';
import type { FeatureMatrix } from './feature-matrix';
import { learnPreparation } from './standardise';

/** Where outliers make a standard deviation this many times the spread of most rows, the latter is the scale. */
const MOST_EXCESS = 1e4;
/** Of the middle half of a normal distribution, in standard deviations. */
const NORMAL_RANGE = 1.349;

export interface MeasuredColumn {
  readonly column: number;
  readonly median: number;
  /** The standard deviation, unless a few values decide it. */
  readonly spread: number;
  /** The same of the middle half alone, unless that is 0. */
  readonly width: number;
  /** The standard deviation over what it would be of a normal distribution with these quartiles; 0 if they are equal. */
  readonly excess: number;
}

/** The columns that vary. @throws InvalidOptionError for a spread beyond what can be divided by */
export function measureColumns(samples: FeatureMatrix): MeasuredColumn[] {
  const { kept, deviation: deviations } = learnPreparation(samples, false);
  return Array.from(kept, (column, position) => {
    const sorted = columnOf(samples, column).sort();
    const median = numberAt(sorted, samples.rows >> 1);
    const deviation = numberAt(deviations, position);
    const range = middleRange(sorted);
    const excess = range > 0 ? deviation / range : 0;
    const spread = excess > MOST_EXCESS ? range : deviation;
    return { column, median, spread, width: range > 0 ? range : deviation, excess };
  });
}

/** The standard deviation of a normal distribution with the quartiles of these sorted numbers. */
function middleRange(sorted: Float64Array): number {
  const at = (share: number) => numberAt(sorted, Math.floor(share * (sorted.length - 1)));
  return (at(0.75) - at(0.25)) / NORMAL_RANGE;
}
