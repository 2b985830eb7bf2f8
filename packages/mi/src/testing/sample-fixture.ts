import { type FeatureMatrix, featureMatrix, numberAt } from '@factornet/core/samples';

/**
 * 150 rows of four dependent columns and a label, made by additions and multiplications alone, so that another
 * language has the very same numbers: `f_m(i)` is the fraction of `i·m`, i = 1 … 150.
 */
const fraction = (row: number, factor: number) => (row + 1) * factor - Math.floor((row + 1) * factor);
const ROWS = Array.from({ length: 150 }, (_, row) => {
  const a = fraction(row, 0.6180339887498949);
  const b = fraction(row, 0.41421356237309515);
  const c = fraction(row, 0.7320508075688772);
  const d = fraction(row, 0.23606797749978969);
  const x0 = a + 0.31 * a * a;
  const y0 = x0 + 0.4 * (b - 0.5) * (1 + 0.2 * b);
  return { x0, x1: 7 * c + c * c, y0, y1: 50 * (c * c * c + 0.5 * d), label: Math.floor(3 * a + 0.8 * b) };
});

/** Named columns of the fixture, in this order. */
export function fixtureColumns(...names: ('x0' | 'x1' | 'y0' | 'y1')[]): FeatureMatrix {
  return featureMatrix(ROWS.map((row) => names.map((name) => row[name])));
}

export const FIXTURE_LABELS: readonly number[] = ROWS.map(({ label }) => label);

/** Pairs with a correlation, `I = −½ log(1 − correlation²)` for each of `dimensions` independent coordinates. */
export function gaussianPairs(
  normals: (length: number) => ArrayLike<number>,
  { rows, dimensions = 1, correlation }: { rows: number; dimensions?: number; correlation: number },
): { x: FeatureMatrix; y: FeatureMatrix } {
  const x = Float64Array.from(normals(rows * dimensions));
  const noise = Float64Array.from(normals(rows * dimensions));
  const y = x.map((value, index) => {
    return correlation * value + Math.sqrt(1 - correlation ** 2) * numberAt(noise, index);
  });
  const matrix = (data: Float64Array) => ({ rows, columns: dimensions, data });
  return { x: matrix(x), y: matrix(y as Float64Array) };
}
