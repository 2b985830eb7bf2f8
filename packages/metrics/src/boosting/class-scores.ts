/** Scores that give each class its share of the labels: log-odds of the second for two classes, else logarithms. */
export function priorScores(targets: Int32Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const target of targets) counts[target] = (counts[target] as number) + 1;
  if (classes === 2) return Float64Array.of(Math.log((counts[1] as number) / (counts[0] as number)));
  return counts.map((count) => Math.log(count / targets.length));
}

/** Softmax over scores, an array per class; the logistic function for one array. */
export function classProbabilities(scores: readonly Float64Array[]): readonly Float64Array[] {
  const [first] = scores;
  if (first === undefined) return [];
  if (scores.length === 1) return [first.map((score) => 1 / (1 + Math.exp(-score)))];
  const greatest = Float64Array.from(first);
  for (const score of scores) {
    for (let row = 0; row < greatest.length; row++) {
      if ((score[row] as number) > (greatest[row] as number)) greatest[row] = score[row] as number;
    }
  }
  const totals = new Float64Array(greatest.length);
  const probabilities = scores.map((score) => {
    const exponentials = new Float64Array(score.length);
    for (let row = 0; row < score.length; row++) {
      const value = Math.exp((score[row] as number) - (greatest[row] as number));
      exponentials[row] = value;
      totals[row] = (totals[row] as number) + value;
    }
    return exponentials;
  });
  for (const values of probabilities) {
    for (let row = 0; row < values.length; row++) {
      values[row] = (values[row] as number) / (totals[row] as number);
    }
  }
  return probabilities;
}

/** Adds what the leaf of each row predicts. */
export function addScaled(
  scores: Float64Array,
  values: Float64Array,
  leafOf: Uint16Array,
  scale: number,
): void {
  for (let row = 0; row < scores.length; row++) {
    scores[row] = (scores[row] as number) + scale * (values[leafOf[row] as number] as number);
  }
}
