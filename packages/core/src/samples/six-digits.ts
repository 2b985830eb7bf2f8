import { numberAt } from './at';
import type { FeatureMatrix } from './feature-matrix';

/** Makes the lower 33 of 53 bits 0 (Veltkamp's splitting). */
const SPLIT = 2 ** 33 + 1;
/** Rows that tell how far a column spreads, well enough to round by. */
const MOST_ROWS = 1000;

/**
 * What rows that are equal up to rounding have in common: each number to six digits beside the spread of its column, and to six
 * digits of its own, so that neither an offset nor a long tail makes different rows equal. Twice as many columns.
 */
export function inSixDigits({ rows, columns, data }: FeatureMatrix): FeatureMatrix {
  const near = new Float64Array(2 * data.length);
  for (let column = 0; column < columns; column++) {
    const { median, width } = aboutColumn({ rows, columns, data }, column);
    for (let index = column; index < data.length; index += columns) {
      const value = data[index] as number;
      near[2 * index] = Math.round((1e6 * (value - median)) / width);
      const high = value * SPLIT;
      near[2 * index + 1] = high - (high - value);
    }
  }
  return { rows, columns: 2 * columns, data: near };
}

/** The median of evenly spaced rows, and how far the middle half of them spreads, or all do if that is 0. */
function aboutColumn(
  { rows, columns, data }: FeatureMatrix,
  column: number,
): { median: number; width: number } {
  const step = Math.max(1, Math.floor(rows / MOST_ROWS));
  const some = Float64Array.from(
    { length: Math.floor(rows / step) },
    (_, row) => data[row * step * columns + column] as number,
  ).sort();
  const at = (share: number) => numberAt(some, Math.floor(share * (some.length - 1)));
  const width = at(0.75) - at(0.25) || at(1) - at(0) || 1;
  return { median: at(0.5), width };
}
