import { concat, split, type Tensor, type Tensor1D, tidy, type Variable } from '@tensorflow/tfjs';

/** Joins tensors into one vector, in order. */
export function flatten(tensors: readonly Tensor[]): Tensor1D {
  return tidy(() => concat(tensors.map((tensor) => tensor.flatten())));
}

/** Assigns the parts of a vector to variables, in order: the inverse of {@link flatten}. */
export function assignFlat(variables: readonly Variable[], vector: Tensor1D): void {
  tidy(() => {
    // As a matrix of one row: TensorFlow.js cuts vectors on WASM number by number, matrices row by row.
    const parts = split(
      vector.reshape([1, vector.size]),
      variables.map((variable) => variable.size),
      1,
    );
    variables.forEach((variable, index) => {
      variable.assign((parts[index] as Tensor).reshape(variable.shape));
    });
  });
}
