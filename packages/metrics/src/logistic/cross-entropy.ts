import { at, type FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, MISSING_LABEL } from '@factornet/spec';
import { countClasses } from '../accuracy';
import { checkProbabilities } from '../probabilities';

/**
 * Mean cross-entropy in nats of labels under predicted probabilities, `−(1/n) Σ_i log p_i(y_i)`; rows labelled −1 do not
 * count. +∞ if a label that occurs has the probability 0, which a classifier gives to classes it never saw. `smoothing`
 * avoids that: probabilities become `(1 − s) p + s / K`, which are still honest predictions.
 *
 * @throws ShapeMismatchError, LabelOutOfRangeError
 * @throws InvalidOptionError without a labelled row, for probabilities that are none or smoothing outside [0, 1]
 */
export function crossEntropy(
  probabilities: FeatureMatrix,
  labels: ArrayLike<number>,
  { smoothing = 0 }: { readonly smoothing?: number } = {},
): number {
  checkProbabilities(probabilities, labels);
  if (!(smoothing >= 0 && smoothing <= 1)) {
    throw new InvalidOptionError({ option: 'smoothing', expected: 'from 0 to 1', received: smoothing });
  }
  const { columns } = probabilities;
  const total = countClasses(labels, columns).reduce((sum, count) => sum + count, 0);
  if (total === 0) {
    throw new InvalidOptionError({ option: 'labels', expected: 'not all missing', received: 'none' });
  }
  let nats = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    if (label === MISSING_LABEL) continue;
    const probability = at(probabilities, row, label);
    nats -= Math.log((1 - smoothing) * probability + smoothing / columns);
  }
  return nats / total;
}
