import { checkFinite, checkMatrix, type FeatureMatrix, numberAt } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';

/** Keeps the logarithm of an importance of 0 finite, as in disentanglement_lib. */
const TINY = 1e-11;

/**
 * Disentanglement of an importance matrix: whether each code matters to one factor only,
 * `D = Σ_d ρ_d (1 − H_K(R_d·))`, with ρ_d the code's share of all importance and H_K the entropy of its normalised row to
 * base K. From 0 (also for a matrix of zeros) to 1; with a single factor every code that matters counts as 1.
 *
 * Source: Eastwood and Williams, "A Framework for the Quantitative Evaluation of Disentangled Representations" (2018).
 *
 * @param importances `R[d, k]`, from 0, `[codes, factors]`
 * @throws ShapeMismatchError, InvalidOptionError for importances that are negative or not finite
 */
export function disentanglementOf(importances: FeatureMatrix): number {
  return weightedMean(disentanglementPerCode(importances), rowSums(importances));
}

/**
 * Completeness of an importance matrix: whether one code is all that matters to each factor,
 * `C = Σ_k ρ_k (1 − H_D(R_·k))`: `disentanglementOf` of the transposed matrix. From 0 to 1; with a single code every factor
 * that it matters to counts as 1.
 *
 * @param importances `R[d, k]`, from 0, `[codes, factors]`
 * @throws ShapeMismatchError, InvalidOptionError for importances that are negative or not finite
 */
export function completenessOf(importances: FeatureMatrix): number {
  return disentanglementOf(transpose(importances));
}

/** `1 − H_K(R_d·)` of each code. */
export function disentanglementPerCode(importances: FeatureMatrix): Float64Array {
  checkImportances(importances);
  const { rows, columns, data } = importances;
  return Float64Array.from({ length: rows }, (_, row) => {
    const values = Float64Array.from(
      data.subarray(row * columns, (row + 1) * columns),
      (value) => value + TINY,
    );
    const total = values.reduce((sum, value) => sum + value, 0);
    if (columns === 1) return total > TINY ? 1 : 0;
    const nats = values.reduce((sum, value) => sum - (value / total) * Math.log(value / total), 0);
    return Math.min(1, Math.max(0, 1 - nats / Math.log(columns)));
  });
}

/** `1 − H_D(R_·k)` of each factor. */
export function completenessPerFactor(importances: FeatureMatrix): Float64Array {
  return disentanglementPerCode(transpose(importances));
}

function checkImportances(importances: FeatureMatrix): void {
  checkMatrix('importances', importances);
  checkFinite('importances', importances);
  const { rows, columns, data } = importances;
  if (rows === 0 || columns === 0) {
    throw new InvalidOptionError({ option: 'importances', expected: 'not empty', received: [rows, columns] });
  }
  const index = data.findIndex((value) => value < 0);
  if (index === -1) return;
  const option = `importances[${Math.floor(index / columns)}, ${index % columns}]`;
  throw new InvalidOptionError({ option, expected: 'from 0', received: data[index] });
}

function transpose({ rows, columns, data }: FeatureMatrix): FeatureMatrix {
  const transposed = new Float64Array(data.length);
  for (let at = 0; at < data.length; at++) {
    transposed[(at % columns) * rows + Math.floor(at / columns)] = data[at] as number;
  }
  return { rows: columns, columns: rows, data: transposed };
}

function rowSums({ rows, columns, data }: FeatureMatrix): Float64Array {
  const sums = new Float64Array(rows);
  for (let at = 0; at < data.length; at++) {
    const row = Math.floor(at / columns);
    sums[row] = numberAt(sums, row) + (data[at] as number);
  }
  return sums;
}

/** All weights count alike if all are 0. */
function weightedMean(values: Float64Array, weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = (index: number) => (total === 0 ? 1 / weights.length : numberAt(weights, index) / total);
  return values.reduce((sum, value, index) => sum + share(index) * value, 0);
}
