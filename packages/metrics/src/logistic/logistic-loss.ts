import type { FeatureMatrix } from '@factornet/core/samples';
import type { Objective } from './minimise';

const integerAt = (values: Int32Array, index: number) => values[index] as number;
const numberAt = (values: Float64Array, index: number) => values[index] as number;

/**
 * The mean log-loss of a softmax with a penalty per feature, `(1/n) Σ_i −log p(y_i | x_i) + ½ Σ_jk λ_j W_jk²`, by
 * coefficients `[features, classes]` followed by an intercept per class.
 */
export function logisticLoss(
  { rows, columns, data }: FeatureMatrix,
  targets: Int32Array,
  classes: number,
  penalties: Float64Array,
): Objective {
  const scores = new Float64Array(classes);
  const bias = columns * classes;
  return (point, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      for (let label = 0; label < classes; label++) scores[label] = numberAt(point, bias + label);
      // Innermost, and measured: even a call that engines take apart costs a twentieth here and below.
      for (let column = 0, at = 0; column < columns; column++) {
        const value = data[row * columns + column] as number;
        for (let label = 0; label < classes; label++, at++) {
          scores[label] = (scores[label] as number) + value * (point[at] as number);
        }
      }
      loss += toResiduals(scores, integerAt(targets, row));
      for (let column = 0, at = 0; column < columns; column++) {
        const value = data[row * columns + column] as number;
        for (let label = 0; label < classes; label++, at++) {
          gradient[at] = (gradient[at] as number) + value * (scores[label] as number);
        }
      }
      for (let label = 0; label < classes; label++) {
        gradient[bias + label] = numberAt(gradient, bias + label) + numberAt(scores, label);
      }
    }
    for (let at = 0; at < gradient.length; at++) gradient[at] = numberAt(gradient, at) / rows;
    let penalty = 0;
    for (let at = 0; at < bias; at++) {
      const strength = numberAt(penalties, Math.floor(at / classes));
      const coefficient = numberAt(point, at);
      penalty += 0.5 * strength * coefficient * coefficient;
      gradient[at] = numberAt(gradient, at) + strength * coefficient;
    }
    return loss / rows + penalty;
  };
}

/** Turns scores into `p − one-hot(target)`, in place. Returns `−log p(target)`. */
function toResiduals(scores: Float64Array, target: number): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < scores.length; label++) {
    if (numberAt(scores, label) > greatest) greatest = numberAt(scores, label);
  }
  const own = numberAt(scores, target) - greatest;
  let total = 0;
  for (let label = 0; label < scores.length; label++) {
    const value = Math.exp(numberAt(scores, label) - greatest);
    scores[label] = value;
    total += value;
  }
  for (let label = 0; label < scores.length; label++) scores[label] = numberAt(scores, label) / total;
  scores[target] = numberAt(scores, target) - 1;
  return Math.log(total) - own;
}
