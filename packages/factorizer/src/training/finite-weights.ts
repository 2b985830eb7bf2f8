import { type Scalar, type Tensor, tidy, type Variable } from '@tensorflow/tfjs';

/** Whether no weight is NaN or infinite. */
export function areFinite(variables: readonly Variable[]): Promise<boolean> {
  // 0 times a number is 0, of what is none it is NaN.
  return isSumFinite(variables, (weights) => weights.mul(0));
}

/** Whether a network can compute with these weights: none is beyond 1e19, where products of two leave 32-bit numbers. */
export function areUsable(variables: readonly Variable[]): Promise<boolean> {
  return isSumFinite(variables, (weights) => weights.square());
}

async function isSumFinite(
  variables: readonly Variable[],
  of: (weights: Variable) => Tensor,
): Promise<boolean> {
  const sum = tidy(() =>
    variables.map((each) => of(each).sum<Scalar>()).reduce((one, other) => one.add(other)),
  );
  const [value] = await sum.data();
  sum.dispose();
  return Number.isFinite(value);
}
