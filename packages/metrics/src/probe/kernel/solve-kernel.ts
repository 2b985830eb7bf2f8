import { integerAt, numberAt } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import { choleskyInPlace, solveCholesky } from '../../algebra/cholesky';
import type { DistinctRows } from './distances';
import type { KernelFunction } from './score-rows';

/** What to learn; every row has a label. */
export interface KnownTarget {
  readonly labels: Int32Array;
  readonly classes: number;
}

export interface KernelSettings {
  /** Of half squared distances. */
  readonly scale: number;
  readonly penalty: number;
}

/**
 * Learns targets with these settings. With equal rows joined, `(K + λI) a = Y` of all rows is
 * `(K + λ / count) A = mean Y` of the distinct ones, A being the sum of a over equal rows.
 *
 * @param distances half squared, of the rows with each other
 * @param targets labels in the order of `rows.place`
 * @throws InvalidOptionError if the penalty is too small for numbers of double precision
 */
export function solveKernel(
  rows: DistinctRows,
  distances: Float64Array,
  { scale, penalty }: KernelSettings,
  targets: readonly KnownTarget[],
): KernelFunction[] {
  const size = rows.counts.length;
  const kernel = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0, at = row * size; column < row; column++, at++) {
      kernel[at] = Math.exp(-scale * numberAt(distances, at));
    }
    kernel[row * size + row] = 1 + penalty / numberAt(rows.counts, row);
  }
  if (!choleskyInPlace(kernel, size)) {
    throw new InvalidOptionError({
      option: 'penalties',
      expected: 'large enough to make the kernel matrix positive definite',
      received: penalty,
    });
  }
  return targets.map((target) => {
    const { shares, centred } = centredLabels(rows, target);
    solveCholesky(kernel, size, centred);
    return { scale, shares, weights: centred };
  });
}

/** The share of each class among all rows, and `[classes, distinct rows]`: that of each row less that of all. */
function centredLabels({ place, counts }: DistinctRows, { labels, classes }: KnownTarget) {
  const size = counts.length;
  const shares = new Float64Array(classes);
  const centred = new Float64Array(classes * size);
  for (const [index, label] of labels.entries()) {
    const row = integerAt(place, index);
    const at = label * size + row;
    centred[at] = numberAt(centred, at) + 1 / numberAt(counts, row);
    shares[label] = numberAt(shares, label) + 1 / labels.length;
  }
  for (let at = 0; at < centred.length; at++) {
    centred[at] = numberAt(centred, at) - numberAt(shares, Math.floor(at / size));
  }
  return { shares, centred };
}
