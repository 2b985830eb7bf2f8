import { at, type FeatureMatrix, integerAt, numberAt } from '@factornet/core/samples';

/** More than 1 sharpens a classifier that was penalised much; much more would rest on a few examples. */
const MOST_TRUST = 2;

/**
 * Predictions between a prior and a classifier: `p_s ∝ p^s · prior^(1−s)`. s = 0 is the prior, s = 1 the classifier.
 * Classes whose prior is 0 keep the probability 0.
 */
export function mixWithPrior(
  { rows, columns, data }: FeatureMatrix,
  prior: Float64Array,
  trust: number,
): FeatureMatrix {
  const mixed = new Float64Array(data.length);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const logits = prior.map((share, label) => mixedLogit(data[start + label] as number, share, trust));
    const largest = Math.max(...logits);
    let sum = 0;
    for (const [label, logit] of logits.entries()) {
      mixed[start + label] = Math.exp(logit - largest);
      sum += numberAt(mixed, start + label);
    }
    for (let label = 0; label < columns; label++) mixed[start + label] = numberAt(mixed, start + label) / sum;
  }
  return { rows, columns, data: mixed };
}

/**
 * The s in [0, 2] with the least cross-entropy of these labels under `mixWithPrior`, which is convex in s: by golden
 * section, to 1e-4. Labels whose prior is 0 do not count; 1 if none does.
 */
export function bestTrust(probabilities: FeatureMatrix, prior: Float64Array, labels: Int32Array): number {
  const counted = Int32Array.from(labels.keys()).filter((row) => numberAt(prior, integerAt(labels, row)) > 0);
  if (counted.length === 0) return 1;
  const cost = (trust: number) => {
    const mixed = mixWithPrior(probabilities, prior, trust);
    return counted.reduce(
      (sum, row) => sum - Math.log(Math.max(Number.MIN_VALUE, at(mixed, row, integerAt(labels, row)))),
      0,
    );
  };
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [0, MOST_TRUST];
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [costLeft, costRight] = [cost(left), cost(right)];
  while (high - low > 1e-4) {
    if (costLeft <= costRight) {
      [high, right, costRight] = [right, left, costLeft];
      left = high - ratio * (high - low);
      costLeft = cost(left);
    } else {
      [low, left, costLeft] = [left, right, costRight];
      right = low + ratio * (high - low);
      costRight = cost(right);
    }
  }
  return (low + high) / 2;
}

function mixedLogit(probability: number, share: number, trust: number): number {
  if (share === 0) return Number.NEGATIVE_INFINITY;
  // The logarithm of a probability that underflowed is not −∞: it was some number, a very small one.
  return trust * Math.log(Math.max(Number.MIN_VALUE, probability)) + (1 - trust) * Math.log(share);
}
