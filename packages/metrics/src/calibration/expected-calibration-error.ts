import type { FeatureMatrix } from '@factornet/core/samples';
import { errorOf, reliabilityDiagram } from './reliability-diagram';

/**
 * Expected calibration error: `Σ_b (n_b / n) · |accuracy_b − confidence_b|` over bins of equal width,
 * where an example's confidence is its largest probability. 0 is perfectly calibrated, 1 is the worst.
 * Examples labelled −1 do not count. `measureCalibration` says with what error.
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
  return errorOf(reliabilityDiagram(probabilities, labels, bins));
}
