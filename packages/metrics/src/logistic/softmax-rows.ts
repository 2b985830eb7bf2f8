import type { FeatureMatrix } from '@factornet/core/samples';

/** `softmax(W x + b)` per row; a class with the intercept −∞ has the probability 0. */
export function softmaxRows(
  { rows, columns, data }: FeatureMatrix,
  coefficients: FeatureMatrix,
  intercepts: Float64Array,
): FeatureMatrix {
  const classes = intercepts.length;
  const probabilities = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    const scores = intercepts.map((intercept, label) => {
      let score = intercept;
      for (let column = 0; column < columns; column++) {
        const weight = coefficients.data[label * columns + column] as number;
        score += weight * (data[row * columns + column] as number);
      }
      return score;
    });
    const greatest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    const exponentials = scores.map((score) => Math.exp(score - greatest));
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    probabilities.set(
      exponentials.map((value) => value / total),
      row * classes,
    );
  }
  return { rows, columns: classes, data: probabilities };
}
