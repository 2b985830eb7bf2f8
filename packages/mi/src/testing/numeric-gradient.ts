import { type Scalar, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs';

/** Central differences of `evaluate` at `point`, row by row. Good to about 1e-3 in 32-bit arithmetic. */
export async function numericGradient(
  evaluate: (input: Tensor2D) => Scalar,
  point: readonly (readonly number[])[],
  step = 0.02,
): Promise<number[]> {
  const at = async (row: number, column: number, shift: number) => {
    const moved = point.map((values) => [...values]);
    (moved[row] as number[])[column] = (moved[row]?.[column] ?? 0) + shift;
    const result = tidy(() => evaluate(tensor2d(moved)));
    const [value] = await result.data();
    result.dispose();
    return value as number;
  };
  const gradient: number[] = [];
  for (const [row, values] of point.entries()) {
    for (const column of values.keys()) {
      gradient.push(((await at(row, column, step)) - (await at(row, column, -step))) / (2 * step));
    }
  }
  return gradient;
}
