import { argmaxRows, at, type FeatureMatrix, integerAt } from '@factornet/core/samples';
import { InvalidOptionError, MISSING_LABEL } from '@factornet/spec';
import { countClasses } from '../accuracy';
import { checkProbabilities } from '../probabilities';

/** What is said of each labelled example: how sure, and whether rightly so. */
export interface Answers {
  readonly count: number;
  /** The largest probability. */
  readonly confidences: Float64Array;
  /** 1 where the class of that is the label, 0 elsewhere. */
  readonly rights: Float64Array;
  /** The bin that the confidence lies in. */
  readonly bins: Int32Array;
}

/** @throws as `expectedCalibrationError` */
export function answersOf(probabilities: FeatureMatrix, labels: ArrayLike<number>, bins: number): Answers {
  checkProbabilities(probabilities, labels);
  if (!Number.isInteger(bins) || bins < 1) {
    throw new InvalidOptionError({ option: 'bins', expected: 'a whole number from 1', received: bins });
  }
  const count = countClasses(labels, probabilities.columns).reduce((sum, each) => sum + each, 0);
  if (count === 0) {
    throw new InvalidOptionError({ option: 'labels', expected: 'not all missing', received: 'none' });
  }
  const predicted = argmaxRows(probabilities);
  const answers = {
    count,
    confidences: new Float64Array(count),
    rights: new Float64Array(count),
    bins: new Int32Array(count),
  };
  let answer = 0;
  for (let row = 0; row < probabilities.rows; row++) {
    if (labels[row] === MISSING_LABEL) continue;
    const confidence = at(probabilities, row, integerAt(predicted, row));
    answers.confidences[answer] = confidence;
    answers.rights[answer] = predicted[row] === labels[row] ? 1 : 0;
    // Bins are (b/B, (b+1)/B], as in the paper.
    answers.bins[answer] = Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
    answer++;
  }
  return answers;
}
