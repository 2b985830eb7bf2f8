import { InvalidOptionError, MISSING_LABEL } from '@factornet/spec';

/**
 * The entropy of labels in nats, from their counts: `H(y) = −Σ_k p_k log p_k`. Missing labels (−1) do not
 * count; without any label it is 0.
 *
 * @throws InvalidOptionError for a label outside 0 … classes − 1
 *
 * @example
 * labelEntropy([0, 1, 0, 1, -1], 2); // log 2
 */
export function labelEntropy(labels: ArrayLike<number>, classes: number): number {
  const counts = new Array<number>(classes).fill(0);
  let labelled = 0;
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index] as number;
    if (label === MISSING_LABEL) continue;
    const count = counts[label];
    if (count === undefined) {
      throw new InvalidOptionError({
        option: `labels[${index}]`,
        expected: `an integer from 0 to ${classes - 1}, or ${MISSING_LABEL} for no label`,
        received: label,
      });
    }
    counts[label] = count + 1;
    labelled++;
  }
  return counts.reduce((sum, count) => {
    const share = count / labelled;
    return count === 0 ? sum : sum - share * Math.log(share);
  }, 0);
}
