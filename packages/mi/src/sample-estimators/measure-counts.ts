import { discreteEntropy, discreteMutualInformation, numberAt } from '@factornet/core/samples';
import type { CountMeasurement } from '../estimator';

/** What the joint counts of two discrete variables tell, and how far to trust it. */
export function measureCounts(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  isCorrected: boolean,
): { readonly value: number; readonly counts: CountMeasurement } {
  const [ofX, ofY] = [numberLevels(x), numberLevels(y)];
  const table = new Map<number, number>();
  for (const [row, level] of ofX.levels.entries()) {
    const cell = level * ofY.count + numberAt(ofY.levels, row);
    table.set(cell, (table.get(cell) ?? 0) + 1);
  }
  const bias = (table.size - ofX.count - ofY.count + 1) / (2 * x.length);
  const nats = discreteMutualInformation(x, y);
  return {
    value: isCorrected ? nats - bias : nats,
    counts: {
      cells: table.size,
      singles: [...table.values()].filter((count) => count === 1).length,
      bias,
      isCorrected,
      cap: Math.min(discreteEntropy(x), discreteEntropy(y)),
    },
  };
}

function numberLevels(values: ArrayLike<number>): { readonly levels: Float64Array; readonly count: number } {
  const numbers = new Map<number, number>();
  const levels = Float64Array.from(values, (value) => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  });
  return { levels, count: numbers.size };
}
