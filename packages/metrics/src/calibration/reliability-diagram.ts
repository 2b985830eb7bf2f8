import { type FeatureMatrix, integerAt, numberAt } from '@factornet/core/samples';
import { type Answers, answersOf } from './answers';

/** The examples whose confidence lies in one interval. */
export interface ReliabilityBin {
  /** Mean of their largest probabilities; of a bin without examples, its middle. */
  readonly confidence: number;
  /** Share of right answers among them; of a bin without examples, 0. */
  readonly accuracy: number;
  readonly count: number;
}

/**
 * How often answers of some confidence are right: examples sorted by their largest probability into bins
 * `(b/B, (b+1)/B]`, from the least to the most confident. Where a network is calibrated, accuracy is confidence. Examples
 * labelled −1 do not count.
 *
 * Source: Guo et al., "On Calibration of Modern Neural Networks" (arXiv 1706.04599), figure 1.
 *
 * @param probabilities `[examples, classes]`, each row summing to 1
 * @throws as `expectedCalibrationError`
 * @example
 * reliabilityDiagram(probabilities, labels, 10).at(-1); // { confidence: 0.97, accuracy: 0.91, count: 412 }
 */
export function reliabilityDiagram(
  probabilities: FeatureMatrix,
  labels: ArrayLike<number>,
  bins = 15,
): ReliabilityBin[] {
  return diagramOf(answersOf(probabilities, labels, bins), bins);
}

export function diagramOf(answers: Answers, bins: number): ReliabilityBin[] {
  const [counts, rights, confidences] = [0, 1, 2].map(() => new Float64Array(bins)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let answer = 0; answer < answers.count; answer++) {
    const bin = integerAt(answers.bins, answer);
    counts[bin] = numberAt(counts, bin) + 1;
    rights[bin] = numberAt(rights, bin) + numberAt(answers.rights, answer);
    confidences[bin] = numberAt(confidences, bin) + numberAt(answers.confidences, answer);
  }
  return Array.from(counts, (count, bin) =>
    count === 0
      ? { confidence: (bin + 0.5) / bins, accuracy: 0, count }
      : { confidence: numberAt(confidences, bin) / count, accuracy: numberAt(rights, bin) / count, count },
  );
}

/** `Σ_b (n_b / n) · |accuracy_b − confidence_b|`. */
export function errorOf(diagram: readonly ReliabilityBin[]): number {
  const total = diagram.reduce((sum, { count }) => sum + count, 0);
  const weighted = diagram.map(({ confidence, accuracy, count }) => count * Math.abs(accuracy - confidence));
  return weighted.reduce((sum, gap) => sum + gap, 0) / total;
}
