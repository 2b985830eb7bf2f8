import type { FeatureMatrix } from '@factornet/core/samples';
import { measureColumns } from '../sample-estimators/scale-columns';

/** Makes the lower 33 of 53 bits 0 (Veltkamp's splitting). */
const SPLIT = 2 ** 33 + 1;

/**
 * What rows that are equal up to rounding have in common: each number to six digits beside the spread of its column, and to six
 * digits of its own, so that neither an offset nor a long tail makes different rows equal. Twice as many columns.
 */
export function inSixDigits(samples: FeatureMatrix): FeatureMatrix {
  const { rows, columns, data } = samples;
  const near = new Float64Array(2 * data.length);
  const measured = new Map(measureColumns(samples).map((each) => [each.column, each]));
  for (let index = 0; index < data.length; index++) {
    const column = measured.get(index % columns);
    if (column === undefined) continue;
    const value = data[index] as number;
    near[2 * index] = Math.round((1e6 * (value - column.median)) / column.width);
    const high = value * SPLIT;
    near[2 * index + 1] = high - (high - value);
  }
  return { rows, columns: 2 * columns, data: near };
}
