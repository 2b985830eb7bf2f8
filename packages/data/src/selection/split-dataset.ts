import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { Dataset } from '../dataset';
import { subset } from './subset';

/**
 * Splits a dataset at random into named parts that share no example and leave none out. The same seed gives
 * the same split.
 *
 * @param fractions share of each part; together 1
 * @throws InvalidOptionError if a share is not positive, they do not add up to 1, or a part would be empty
 * @example
 * const { train, test } = splitDataset(shapes({ size: 5000, seed: 1 }), { train: 0.8, test: 0.2 }, 1);
 */
export function splitDataset<Part extends string>(
  dataset: Dataset,
  fractions: Readonly<Record<Part, number>>,
  seed: number,
): Record<Part, Dataset> {
  const parts = Object.entries(fractions) as [Part, number][];
  const total = parts.reduce((sum, [, fraction]) => sum + fraction, 0);
  const sensible = parts.every(([, fraction]) => fraction > 0) && Math.abs(total - 1) < 1e-9;
  if (!sensible) {
    throw new InvalidOptionError({
      option: 'fractions',
      expected: 'positive numbers that add up to 1',
      received: JSON.stringify(fractions),
    });
  }
  const order = randomStream(seed, 'split').permutation(dataset.size);
  let passed = 0;
  let start = 0;
  const split = parts.map(([part, fraction]) => {
    passed += fraction;
    const end = Math.round(passed * dataset.size);
    if (end === start) {
      throw new InvalidOptionError({
        option: `fractions.${part}`,
        expected: `large enough for one of ${dataset.size} examples`,
        received: fraction,
      });
    }
    const name = `${dataset.name}/${part}(${fraction} of a split by seed ${seed}, from ${start})`;
    const chosen = subset(dataset, order.subarray(start, end), name);
    start = end;
    return [part, chosen] as const;
  });
  return Object.fromEntries(split) as Record<Part, Dataset>;
}
