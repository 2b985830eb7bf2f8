import { InvalidOptionError, MISSING_LABEL, ShapeMismatchError } from '@factornet/spec';
import { LabelOutOfRangeError } from '@factornet/spec/training';

/**
 * Share of labelled examples that were predicted right, in [0, 1]. Examples labelled `MISSING_LABEL` (−1)
 * do not count.
 *
 * @throws ShapeMismatchError if the lengths differ
 * @throws InvalidOptionError if no example is labelled
 */
export function accuracy(predicted: ArrayLike<number>, labels: ArrayLike<number>): number {
  if (predicted.length !== labels.length) {
    throw new ShapeMismatchError({
      what: 'predicted',
      expected: [labels.length],
      received: [predicted.length],
    });
  }
  let labelled = 0;
  let right = 0;
  for (let index = 0; index < labels.length; index++) {
    if (labels[index] === MISSING_LABEL) continue;
    labelled++;
    if (predicted[index] === labels[index]) right++;
  }
  if (labelled === 0) throw noLabels(labels.length);
  return right / labelled;
}

/**
 * Accuracy of always naming the most frequent class: `maxₖ nₖ / n` over the labelled examples.
 *
 * @throws InvalidOptionError if no example is labelled
 * @throws LabelOutOfRangeError for a label outside 0 … classes − 1
 */
export function chanceAccuracy(labels: ArrayLike<number>, classes: number): number {
  const counts = countClasses(labels, classes);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) throw noLabels(labels.length);
  return Math.max(...counts) / total;
}

/**
 * Accuracy on a scale where chance is 0 and `ceiling` is 1: `(accuracy − chance) / (ceiling − chance)`.
 * Negative below chance.
 *
 * @throws InvalidOptionError unless `ceiling > chance`
 */
export function normalisedAccuracy(value: number, chance: number, ceiling = 1): number {
  if (!(ceiling > chance)) {
    throw new InvalidOptionError({
      option: 'ceiling',
      expected: `above chance (${chance})`,
      received: ceiling,
    });
  }
  return (value - chance) / (ceiling - chance);
}

/** Labelled examples per class. @throws LabelOutOfRangeError naming the first label outside the classes */
export function countClasses(labels: ArrayLike<number>, classes: number, task = 'labels'): Int32Array {
  const counts = new Int32Array(classes);
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index] as number;
    if (label === MISSING_LABEL) continue;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new LabelOutOfRangeError({ task, label, classes, index });
    }
    counts[label] = (counts[label] as number) + 1;
  }
  return counts;
}

function noLabels(examples: number): InvalidOptionError {
  return new InvalidOptionError({
    option: 'labels',
    expected: 'a class for one example at least',
    received: `${examples} examples without a label`,
  });
}
