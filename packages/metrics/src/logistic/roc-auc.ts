import { checkFinite, checkMatrix, columnOf, type FeatureMatrix } from '@factornet/core/samples';
import { ShapeMismatchError } from '@factornet/spec';
import { countClasses } from '../accuracy';

const integerAt = (values: Int32Array, index: number) => values[index] as number;

/**
 * The area under the ROC curve: how often a positive example scores above a negative one, ties counting half,
 * `(R − n₊ (n₊ + 1) / 2) / (n₊ n₋)` with R the sum of the positives' ranks. 0.5 is chance. `undefined` unless there are
 * examples of both kinds.
 *
 * @throws ShapeMismatchError if the lengths differ
 * @throws InvalidOptionError for a score that is not finite
 */
export function rocAuc(scores: ArrayLike<number>, positive: ArrayLike<boolean>): number | undefined {
  if (positive.length !== scores.length) {
    throw new ShapeMismatchError({
      what: 'positive',
      expected: [scores.length],
      received: [positive.length],
    });
  }
  checkFinite('scores', { rows: scores.length, columns: 1, data: Float64Array.from(scores) });
  const order = Int32Array.from({ length: scores.length }, (_, index) => index).sort(
    (left, right) => (scores[left] as number) - (scores[right] as number),
  );
  let positives = 0;
  let ranks = 0;
  for (let from = 0; from < order.length; ) {
    const score = scores[integerAt(order, from)];
    let to = from;
    let here = 0;
    while (to < order.length && scores[integerAt(order, to)] === score) {
      if (positive[integerAt(order, to)]) here++;
      to++;
    }
    // Equal scores share the mean of their ranks from + 1 … to.
    ranks += (here * (from + 1 + to)) / 2;
    positives += here;
    from = to;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

export interface MacroRocAuc {
  /** Mean over the classes below; undefined if there is none. */
  readonly value: number | undefined;
  /** One per class; undefined where a class, or everything else, does not occur among the labels. */
  readonly perClass: readonly (number | undefined)[];
}

/**
 * Each class against all others, averaged over the classes that occur.
 *
 * @param probabilities `[examples, classes]`
 * @throws ShapeMismatchError, LabelOutOfRangeError, InvalidOptionError
 */
export function macroRocAuc(probabilities: FeatureMatrix, labels: ArrayLike<number>): MacroRocAuc {
  checkMatrix('probabilities', probabilities, labels);
  checkFinite('probabilities', probabilities);
  const { columns } = probabilities;
  countClasses(labels, columns);
  const perClass = Array.from({ length: columns }, (_, label) => {
    return rocAuc(
      columnOf(probabilities, label),
      Array.from(labels, (own) => own === label),
    );
  });
  const defined = perClass.filter((value) => value !== undefined);
  const value =
    defined.length === 0 ? undefined : defined.reduce((sum, auc) => sum + auc, 0) / defined.length;
  return { value, perClass };
}
