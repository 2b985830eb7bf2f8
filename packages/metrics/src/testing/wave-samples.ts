import type { FeatureMatrix } from '@factornet/core/samples';

/** What the reference numbers of scikit-learn 1.9.1 in tests were computed from: features in closed form, rounded to float32. */
export function waveSamples(rows: number, phase: number): { features: FeatureMatrix; signal: Float64Array } {
  const data = new Float64Array(rows * 4);
  const signal = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const a = Math.sin(1.7 * row + phase);
    const b = Math.cos(2.3 * row + ((0.5 * row * row) % 7) + phase);
    const c = Math.sin(0.37 * row * row + phase);
    const d = Math.cos(3.1 * row + phase);
    data.set([a, b, c, d].map(Math.fround), row * 4);
    signal[row] = 1.5 * a + b * c + 0.7 * Math.sin(12.9 * row + phase);
  }
  return { features: { rows, columns: 4, data }, signal };
}

/** The number of cuts that each value reaches. */
export function digitise(values: Float64Array, cuts: readonly number[]): Int32Array {
  return Int32Array.from(values, (value) => cuts.filter((cut) => value >= cut).length);
}
