import { argmaxRows, at, type FeatureMatrix, integerAt, numberAt } from '@factornet/core/samples';
import { InvalidOptionError, MISSING_LABEL } from '@factornet/spec';
import { countClasses } from './accuracy';
import { checkProbabilities } from './probabilities';

/**
 * Expected calibration error: `Σ_b (n_b / n) · |accuracy_b − confidence_b|` over bins of equal width,
 * where an example's confidence is its largest probability. 0 is perfectly calibrated, 1 is the worst.
 * Examples labelled −1 do not count.
 *
 * Source: Guo et al., "On Calibration of Modern Neural Networks" (arXiv 1706.04599), equation 3.
 *
 * @param probabilities `[examples, classes]`, each row summing to 1
 * @throws ShapeMismatchError, LabelOutOfRangeError
 * @throws InvalidOptionError for a probability outside [0, 1] or that is not finite, a row that does not sum to 1, bins below 1
 * or no labelled example
 */
export function expectedCalibrationError(
  probabilities: FeatureMatrix,
  labels: ArrayLike<number>,
  bins = 15,
): number {
  checkProbabilities(probabilities, labels);
  if (!Number.isInteger(bins) || bins < 1) {
    throw new InvalidOptionError({ option: 'bins', expected: 'a whole number from 1', received: bins });
  }
  const total = countClasses(labels, probabilities.columns).reduce((sum, count) => sum + count, 0);
  if (total === 0) {
    throw new InvalidOptionError({ option: 'labels', expected: 'not all missing', received: 'none' });
  }
  const predicted = argmaxRows(probabilities);
  // Per bin: how many were right, minus the sum of confidences; its size cancels out of the formula.
  const surplus = new Float64Array(bins);
  for (let row = 0; row < probabilities.rows; row++) {
    if (labels[row] === MISSING_LABEL) continue;
    const confidence = at(probabilities, row, integerAt(predicted, row));
    // Bins are (b/B, (b+1)/B], as in the paper.
    const bin = Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
    surplus[bin] = numberAt(surplus, bin) + (predicted[row] === labels[row] ? 1 : 0) - confidence;
  }
  return surplus.reduce((sum, value) => sum + Math.abs(value), 0) / total;
}
