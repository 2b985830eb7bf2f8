import { at, type FeatureMatrix, learnPreparation, numberAt, prepare } from '@factornet/core/samples';
import { checkDigits } from '../sample-estimators/scale-columns';
import { normalQuantile } from '../special-functions/normal-distribution';

/**
 * What happens to samples before a critic sees them. Mutual information is the same after any one-to-one map of a
 * column, but a network on columns of its liking learns more of it.
 *
 * - `'rank-normal'`: `Φ⁻¹(rank / (n + 1))`, ties at the mean of their ranks: heavy tails and outliers are gone;
 * - `'standardise'`: mean 0, variance 1;
 * - `'none'`.
 */
export type Transform = 'rank-normal' | 'standardise' | 'none';

/**
 * Learns a transform from training rows; columns that do not vary in them are left out, but for `'none'`.
 *
 * @throws InvalidOptionError for a column whose numbers are too coarse for its spread, or that cannot be standardised
 */
export function learnTransform(
  kind: Transform,
  training: FeatureMatrix,
  what = 'samples',
): (samples: FeatureMatrix) => FeatureMatrix {
  if (kind === 'none') return (samples) => samples;
  checkDigits(what, training);
  if (kind === 'standardise') {
    const preparation = learnPreparation(training, true);
    return (samples) => prepare(samples, preparation);
  }
  // Of the values themselves: taking a large mean from them could make small ones equal.
  const { kept, deviation } = learnPreparation(training, false);
  const scores = Array.from(kept, (column, index) =>
    learnNormalScores(
      training.data.filter((_, position) => position % training.columns === column),
      1 / numberAt(deviation, index),
    ),
  );
  return (samples) => {
    const { rows } = samples;
    const normal = new Float64Array(rows * kept.length);
    for (let row = 0; row < rows; row++) {
      for (const [index, column] of kept.entries()) {
        const score = scores[index] as (value: number) => number;
        normal[row * kept.length + index] = score(at(samples, row, column));
      }
    }
    return { rows, columns: kept.length, data: normal };
  };
}

/**
 * A strictly increasing map to normal scores: exact at the values learned from, linear between them and, beyond them,
 * growing as a logarithm, so that values not seen in training stay apart from each other without being far away.
 */
function learnNormalScores(values: Float32Array | Float64Array, scale: number): (value: number) => number {
  const sorted = Float64Array.from(values).sort();
  const [levels, scores]: [number[], number[]] = [[], []];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    levels.push(numberAt(sorted, start));
    // Ranks start + 1 … end.
    scores.push(normalQuantile((start + 1 + end) / 2 / (sorted.length + 1)));
  }
  const last = levels.length - 1;
  return (value) => {
    const [least, most] = [levels[0] as number, levels[last] as number];
    if (value < least) return (scores[0] as number) - Math.log1p((least - value) * scale);
    if (value >= most) return (scores[last] as number) + Math.log1p((value - most) * scale);
    let [below, above] = [0, last];
    while (above - below > 1) {
      const middle = (below + above) >> 1;
      if ((levels[middle] as number) <= value) below = middle;
      else above = middle;
    }
    const [from, to] = [levels[below] as number, levels[above] as number];
    const [low, high] = [scores[below] as number, scores[above] as number];
    return low + ((high - low) * (value - from)) / (to - from);
  };
}
