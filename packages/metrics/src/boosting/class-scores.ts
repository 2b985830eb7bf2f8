const numberAt = (values: Float64Array, index: number) => values[index] as number;

/** Scores that give each class its share of the labels: log-odds of the second for two classes, else logarithms. */
export function priorScores(targets: Int32Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const target of targets) counts[target] = numberAt(counts, target) + 1;
  if (classes === 2) return Float64Array.of(Math.log(numberAt(counts, 1) / numberAt(counts, 0)));
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
      if (numberAt(score, row) > numberAt(greatest, row)) greatest[row] = numberAt(score, row);
    }
  }
  const totals = new Float64Array(greatest.length);
  const probabilities = scores.map((score) => {
    const exponentials = new Float64Array(score.length);
    for (let row = 0; row < score.length; row++) {
      const value = Math.exp(numberAt(score, row) - numberAt(greatest, row));
      exponentials[row] = value;
      totals[row] = numberAt(totals, row) + value;
    }
    return exponentials;
  });
  for (const values of probabilities) {
    for (let row = 0; row < values.length; row++) {
      values[row] = numberAt(values, row) / numberAt(totals, row);
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
    scores[row] = numberAt(scores, row) + scale * numberAt(values, leafOf[row] as number);
  }
}
