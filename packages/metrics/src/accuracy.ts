import { integerAt } from '@factornet/core/samples';
import { InvalidOptionError, MISSING_LABEL, ShapeMismatchError } from '@factornet/spec';
import { LabelOutOfRangeError } from '@factornet/spec/training';

/**
 * Share of labelled examples that were predicted right, in [0, 1]. Examples labelled `MISSING_LABEL` (−1)
 * do not count.
 *
 * @throws ShapeMismatchError if the lengths differ
 * @throws InvalidOptionError if no example is labelled, or a class is no whole number from 0
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
    const label = labels[index] as number;
    if (label === MISSING_LABEL) continue;
    requireClass(`labels[${index}]`, label);
    requireClass(`predicted[${index}]`, predicted[index] as number);
    labelled++;
    if (predicted[index] === label) right++;
  }
  if (labelled === 0) throw noLabels(labels.length);
  return right / labelled;
}

function requireClass(option: string, received: number): void {
  if (Number.isInteger(received) && received >= 0) return;
  throw new InvalidOptionError(
    { option, expected: 'a class, a whole number from 0', received },
    { hint: 'Pass class indices: argmaxRows(logits) makes them of logits.' },
  );
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
 * @throws InvalidOptionError unless all are finite and `ceiling > chance`
 */
export function normalisedAccuracy(value: number, chance: number, ceiling = 1): number {
  if (!Number.isFinite(value)) {
    throw new InvalidOptionError({ option: 'accuracy', expected: 'a finite number', received: value });
  }
  if (!(ceiling > chance && Number.isFinite(ceiling - chance))) {
    throw new InvalidOptionError({
      option: 'ceiling',
      expected: `above chance (${chance})`,
      received: ceiling,
    });
  }
  return (value - chance) / (ceiling - chance);
}

/**
 * Labelled examples per class.
 *
 * @throws InvalidOptionError unless `classes` is a whole number from 1
 * @throws LabelOutOfRangeError naming the first label outside the classes
 */
export function countClasses(labels: ArrayLike<number>, classes: number, task = 'labels'): Int32Array {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new InvalidOptionError({ option: 'classes', expected: 'a whole number from 1', received: classes });
  }
  const counts = new Int32Array(classes);
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index] as number;
    if (label === MISSING_LABEL) continue;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new LabelOutOfRangeError({ task, label, classes, index });
    }
    counts[label] = integerAt(counts, label) + 1;
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
