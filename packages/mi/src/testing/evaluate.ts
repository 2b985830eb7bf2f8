import { grad, type Scalar, type Tensor, type Tensor2D, tensor2d } from '@tensorflow/tfjs';

/** The value of a function of a matrix. */
export async function valueAt(
  evaluate: (input: Tensor2D) => Scalar,
  point: readonly (readonly number[])[],
): Promise<number> {
  const input = tensor2d(point as number[][]);
  const result = evaluate(input);
  const [value] = await result.data();
  input.dispose();
  result.dispose();
  return value as number;
}

/** The gradient that TensorFlow.js computes, row by row. */
export async function gradientAt(
  evaluate: (input: Tensor2D) => Scalar,
  point: readonly (readonly number[])[],
): Promise<number[]> {
  const input = tensor2d(point as number[][]);
  const result = grad(evaluate as (input: Tensor) => Tensor)(input);
  const gradient = await result.data();
  input.dispose();
  result.dispose();
  return [...gradient];
}
