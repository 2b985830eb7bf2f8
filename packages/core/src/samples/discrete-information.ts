import { ShapeMismatchError } from '@factornet/spec';
import { numberAt } from './at';

/**
 * The plug-in entropy of discrete values in nats: `H = −Σ_a (n_a / N) · log(n_a / N)`. Values may be any
 * numbers; equal ones are one level. 0 without any value. Low by about `(levels − 1) / 2N`.
 */
export function discreteEntropy(values: ArrayLike<number>): number {
  return entropyOfCounts(countLevels(values), values.length);
}

/**
 * The plug-in mutual information of two discrete variables in nats, from their joint counts:
 * `I = Σ_ab (n_ab / N) · log(N · n_ab / (n_a · n_b))`, at least 0.
 *
 * High by about `(levels_a − 1)(levels_b − 1) / 2N`, so independent variables do not read exactly 0.
 *
 * @throws ShapeMismatchError if the lengths differ
 *
 * @example
 * discreteMutualInformation([0, 0, 1, 1], [5, 5, 7, 7]); // log 2
 */
export function discreteMutualInformation(left: ArrayLike<number>, right: ArrayLike<number>): number {
  const size = left.length;
  if (right.length !== size) {
    throw new ShapeMismatchError({ what: 'right', expected: [size], received: [right.length] });
  }
  const leftLevels = numberLevels(left);
  const rightLevels = numberLevels(right);
  const width = rightLevels.counts.length;
  // Cells that come, alone: of values that hardly repeat the whole table has as many cells as there are pairs of rows.
  const joint = new Map<number, number>();
  for (let index = 0; index < size; index++) {
    const cell = numberAt(leftLevels.of, index) * width + numberAt(rightLevels.of, index);
    joint.set(cell, (joint.get(cell) ?? 0) + 1);
  }
  let nats = 0;
  for (const [cell, count] of joint) {
    const leftCount = leftLevels.counts[Math.floor(cell / width)] as number;
    const rightCount = rightLevels.counts[cell % width] as number;
    nats += (count / size) * Math.log((size * count) / (leftCount * rightCount));
  }
  return Math.max(0, nats);
}

/** The level of each value, numbered as they come, and how often each comes. */
function numberLevels(values: ArrayLike<number>) {
  const numbers = new Map<number, number>();
  const counts: number[] = [];
  const of = Float64Array.from(values, (value) => {
    const level = numbers.get(value) ?? numbers.size;
    numbers.set(value, level);
    counts[level] = (counts[level] ?? 0) + 1;
    return level;
  });
  return { of, counts };
}

function countLevels(values: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function entropyOfCounts(counts: Map<number, number>, total: number): number {
  let nats = 0;
  for (const count of counts.values()) nats -= (count / total) * Math.log(count / total);
  return Math.max(0, nats);
}
