import { customGrad, type Scalar, type Tensor } from '@tensorflow/tfjs';

/**
 * `min(value, limit)`, with a gradient that lets a variable beyond the limit return: above it only those
 * gradients pass that move it down when the result is minimised. `minimum()` alone would give it the gradient
 * 0 for ever after one step too far.
 */
export function limitFromAbove(value: Scalar, limit: number): Scalar {
  return customGrad((input, save) => {
    const original = input as Tensor;
    (save as (tensors: Tensor[]) => void)([original]);
    return {
      value: original.minimum(limit) as Scalar,
      gradFunc: (dy, saved) => {
        const inside = (saved as Tensor[])[0]?.lessEqual(limit) as Tensor;
        return dy.where(inside, dy.maximum(0));
      },
    };
  })(value) as Scalar;
}
