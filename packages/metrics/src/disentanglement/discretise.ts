import { InvalidOptionError } from '@factornet/spec';

/**
 * Which of `bins` intervals of equal width between the least and the largest value each value lies in, from 1 to `bins`.
 * Intervals contain their left end, and the last one the largest value, too; values that are all the same lie in bin 1.
 * Bins are those of NumPy's `digitize(x, histogram(x, bins)[1][:-1])`, to the last rounding.
 *
 * @throws InvalidOptionError unless `bins` is a whole number from 2, and for a value that is not finite
 *
 * @example
 * discretise([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 3); // 1, 1, 2, 2, 3, 3
 */
export function discretise(values: ArrayLike<number>, bins = 20): Int32Array {
  checkBins(bins);
  let least = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (!Number.isFinite(value)) {
      throw new InvalidOptionError({
        option: `values[${index}]`,
        expected: 'a finite number',
        received: value,
      });
    }
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  const labels = new Int32Array(values.length).fill(1);
  const width = (largest - least) / bins;
  // Values so close that no number lies between two edges are one.
  if (!(width > 0)) return labels;
  // Further apart than the largest number: halves have the same bins.
  if (width === Number.POSITIVE_INFINITY) return discretise(Float64Array.from(values, half), bins);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    let bin = Math.min(bins, Math.floor((value - least) / width) + 1);
    // The division rounds another way than the edges do, and edges decide.
    if (bin < bins && value >= least + bin * width) bin++;
    else if (bin > 1 && value < least + (bin - 1) * width) bin--;
    labels[index] = bin;
  }
  return labels;
}

/** @throws InvalidOptionError unless `bins` is a whole number from 2 */
export function checkBins(bins: number): void {
  if (Number.isInteger(bins) && bins >= 2) return;
  throw new InvalidOptionError({ option: 'bins', expected: 'a whole number from 2', received: bins });
}

function half(value: number): number {
  return value / 2;
}
