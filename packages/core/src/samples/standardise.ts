import { InvalidOptionError } from '@factornet/spec';
import { integerAt, numberAt } from './at';
import { columnOf } from './columns';
import type { FeatureMatrix } from './feature-matrix';

/** How features are prepared, learnt from training rows: column `kept[k]` becomes `(x − mean[k]) · scale[k]`. */
export interface Preparation {
  /** Columns that vary; constant ones are dropped. */
  readonly kept: Int32Array;
  readonly mean: Float64Array;
  readonly scale: Float64Array;
  /** Standard deviations, divisor n. */
  readonly deviation: Float64Array;
}

/** Squares of numbers beyond these, and their sums, may be infinite or 0. */
const [SMALLEST, LARGEST] = [1e-100, 1e100];
/** Beyond, one over a standard deviation is no number to multiply by. */
const LIMITS = [1e-305, 1e305] as const;

/**
 * Learns each column's mean and, if `standardise`, one over its standard deviation (divisor n). A column that is the same
 * in all rows is dropped. Offsets and units of columns make no difference, up to the digits that numbers have.
 *
 * @throws InvalidOptionError for a column that spreads over less than 1e-305 or more than 1e305; with `standardise`, for one
 * whose standard deviation is that of a few values so far out that next to it the others are all the same
 */
export function learnPreparation(features: FeatureMatrix, standardise: boolean): Preparation {
  const { columns } = features;
  const spreads = Array.from({ length: columns }, (_, column) => spreadOf(features, column));
  const kept = Int32Array.from(spreads.keys()).filter((column) => spreads[column]?.varies);
  for (const column of kept) {
    const { deviation } = spreads[column] as Spread;
    if (deviation >= LIMITS[0] && deviation <= LIMITS[1]) continue;
    throw new InvalidOptionError(
      {
        option: `standard deviation of column ${column}`,
        expected: `from ${LIMITS[0]} to ${LIMITS[1]}`,
        received: deviation,
      },
      { hint: 'Multiply the column by a constant: units tell nothing.' },
    );
  }
  if (standardise) for (const column of kept) refuseOutliers(features, column, spreads[column] as Spread);
  const deviation = Float64Array.from(kept, (column) => spreads[column]?.deviation as number);
  return {
    kept,
    deviation,
    mean: Float64Array.from(kept, (column) => spreads[column]?.mean as number),
    scale: deviation.map((spread) => (standardise ? 1 / spread : 1)),
  };
}

interface Spread {
  readonly varies: boolean;
  readonly mean: number;
  readonly deviation: number;
  /** Of a value from the mean. */
  readonly farthest: number;
}

/** Past this many times the spread of the middle half of the rows, a standard deviation is of something else. */
const MOST_EXCESS = 1e6;

function refuseOutliers(features: FeatureMatrix, column: number, { deviation, farthest }: Spread): void {
  // Unless one value makes a tenth of the variance there is nothing to look for.
  if ((farthest / deviation) ** 2 < 0.1 * features.rows) return;
  const sorted = columnOf(features, column).sort();
  const quantile = (share: number) => numberAt(sorted, Math.floor(share * (features.rows - 1)));
  const middle = quantile(0.75) - quantile(0.25);
  if (middle === 0 || deviation <= MOST_EXCESS * middle) return;
  throw new InvalidOptionError(
    {
      option: `column ${column}`,
      expected: 'without values so far out that standardising makes all others the same',
      received: `the middle half within ${middle.toPrecision(2)}, a standard deviation of ${deviation.toPrecision(2)}`,
    },
    { hint: 'Remove such values, or replace numbers by their ranks.' },
  );
}

/** Of numbers about a far origin or in an odd unit, those are taken out before anything is added up or squared. */
function spreadOf(features: FeatureMatrix, column: number): Spread {
  const values = columnOf(features, column);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!(least < most)) return { varies: false, mean: least, deviation: 0, farthest: 0 };
  const largest = Math.max(Math.abs(least), Math.abs(most));
  const origin = most / 2 - least / 2 < 1e-3 * largest ? least : 0;
  const reach = Math.max(Math.abs(least / 2 - origin / 2), Math.abs(most / 2 - origin / 2));
  const unit = reach < SMALLEST || reach > LARGEST ? reach : 1;
  let sum = 0;
  for (const value of values) sum += (value - origin) / unit;
  const mean = sum / values.length;
  let [squares, farthest] = [0, 0];
  for (const value of values) {
    const difference = (value - origin) / unit - mean;
    squares += difference * difference;
    farthest = Math.max(farthest, Math.abs(difference));
  }
  return {
    varies: true,
    mean: origin + mean * unit,
    deviation: Math.sqrt(squares / values.length) * unit,
    farthest: farthest * unit,
  };
}

/** Applies what was learnt to any rows. */
export function prepare({ rows, columns, data }: FeatureMatrix, preparation: Preparation): FeatureMatrix {
  const { kept, mean, scale } = preparation;
  const width = kept.length;
  const prepared = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let feature = 0; feature < width; feature++) {
      const value = data[row * columns + integerAt(kept, feature)] as number;
      prepared[row * width + feature] = (value - numberAt(mean, feature)) * numberAt(scale, feature);
    }
  }
  return { rows, columns: width, data: prepared };
}
