import { ShapeMismatchError } from '@factornet/spec';

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
  const leftLevels = countLevels(left);
  const rightLevels = countLevels(right);
  const positions = new Map([...rightLevels.keys()].map((value, position) => [value, position]));
  const joint = new Map<number, Float64Array>();
  for (const value of leftLevels.keys()) joint.set(value, new Float64Array(rightLevels.size));
  for (let index = 0; index < size; index++) {
    const row = joint.get(left[index] as number) as Float64Array;
    const column = positions.get(right[index] as number) as number;
    row[column] = (row[column] as number) + 1;
  }
  const rightCounts = [...rightLevels.values()];
  let nats = 0;
  for (const [value, row] of joint) {
    const leftCount = leftLevels.get(value) as number;
    for (const [column, count] of row.entries()) {
      if (count === 0) continue;
      nats += (count / size) * Math.log((size * count) / (leftCount * (rightCounts[column] as number)));
    }
  }
  return Math.max(0, nats);
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
