import { concat, split, type Tensor, type Tensor1D, tidy, type Variable } from '@tensorflow/tfjs';

/** Joins tensors into one vector, in order. */
export function flatten(tensors: readonly Tensor[]): Tensor1D {
  return tidy(() => concat(tensors.map((tensor) => tensor.flatten())));
}

/**
 * Assigns the parts of a vector to variables, in order: the inverse of {@link flatten}. All of them, or none where there
 * is no room for the parts.
 */
export function assignFlat(variables: readonly Variable[], vector: Tensor1D): void {
  tidy(() => {
    const sizes = variables.map((variable) => variable.size);
    const parts = split(vector, sizes).map((part, index) =>
      part.reshape((variables[index] as Variable).shape),
    );
    variables.forEach((variable, index) => {
      variable.assign(parts[index] as Tensor);
    });
  });
}
