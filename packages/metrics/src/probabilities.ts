import { at, checkFinite, checkMatrix, type FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';

/** Softmax outputs in float32 may leave [0, 1] by a rounding error. */
const ROUNDING = 1e-5;
/** Of a row of a thousand classes, or of probabilities that were stored as 16-bit numbers. */
const SUM_ROUNDING = 5e-3;

/**
 * Checks every entry of `[examples, classes]`, unlabelled examples included: logits often have a largest entry that
 * looks like a probability.
 *
 * @throws ShapeMismatchError unless `data` is as long as the shape says, and `labels` one per row
 * @throws InvalidOptionError for an entry that is not finite or outside [0, 1], or a row that does not sum to 1
 */
export function checkProbabilities(probabilities: FeatureMatrix, labels: ArrayLike<number>): void {
  checkMatrix('probabilities', probabilities, labels);
  checkFinite('probabilities', probabilities);
  const { rows, columns } = probabilities;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const value = at(probabilities, row, column);
      if (value < -ROUNDING || value > 1 + ROUNDING) {
        throw noProbability(`probabilities[${row}, ${column}]`, 'between 0 and 1', value);
      }
      sum += value;
    }
    if (Math.abs(sum - 1) > SUM_ROUNDING)
      throw noProbability(`sum of probabilities[${row}]`, 'equal to 1', sum);
  }
}

function noProbability(option: string, expected: string, received: number): InvalidOptionError {
  return new InvalidOptionError(
    { option, expected: `${expected} (apply a softmax to logits first)`, received },
    { hint: 'Probabilities are one row per example and one column per class: softmax(logits).' },
  );
}
