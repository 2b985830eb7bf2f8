import type { FeatureMatrix } from './feature-matrix';

/** How features are prepared, learnt from training rows: column `kept[k]` becomes `(x − mean[k]) · scale[k]`. */
export interface Preparation {
  /** Columns that vary; constant ones are dropped. */
  readonly kept: Int32Array;
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/** Below this multiple of |mean| a deviation is what rounding leaves of a constant. */
const ROUNDING = 1e-10;

/** Learns each column's mean and, if `standardise`, one over its standard deviation (divisor n). */
export function learnPreparation(features: FeatureMatrix, standardise: boolean): Preparation {
  const { rows, columns, data } = features;
  const sums = new Float64Array(columns);
  for (let index = 0, column = 0; index < data.length; index++) {
    sums[column] = (sums[column] as number) + (data[index] as number);
    if (++column === columns) column = 0;
  }
  const means = sums.map((sum) => sum / rows);
  const squares = new Float64Array(columns);
  for (let index = 0, column = 0; index < data.length; index++) {
    const difference = (data[index] as number) - (means[column] as number);
    squares[column] = (squares[column] as number) + difference * difference;
    if (++column === columns) column = 0;
  }
  const deviations = squares.map((sum) => Math.sqrt(sum / rows));
  const kept = Int32Array.from(deviations.keys()).filter((column) => {
    return (deviations[column] as number) > ROUNDING * Math.abs(means[column] as number);
  });
  return {
    kept,
    mean: Float64Array.from(kept, (column) => means[column] as number),
    scale: Float64Array.from(kept, (column) => (standardise ? 1 / (deviations[column] as number) : 1)),
  };
}

/** Applies what was learnt to any rows. */
export function prepare({ rows, columns, data }: FeatureMatrix, preparation: Preparation): FeatureMatrix {
  const { kept, mean, scale } = preparation;
  const width = kept.length;
  const prepared = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let feature = 0; feature < width; feature++) {
      const value = data[row * columns + (kept[feature] as number)] as number;
      prepared[row * width + feature] = (value - (mean[feature] as number)) * (scale[feature] as number);
    }
  }
  return { rows, columns: width, data: prepared };
}
