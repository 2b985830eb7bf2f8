import { customGrad, type Tensor } from '@tensorflow/tfjs';

/** `exp(80) = 5.5e34`: the room up to the largest 32-bit number, 3.4e38, is for sums and products that follow. */
const LARGEST_EXPONENT = 80;

/**
 * `exp(min(x, 80))`, for exponentials outside of a logarithm: finite for every finite x.
 *
 * Beyond the cap its gradient is that of `exp` at the cap, not 0: scores that are far too large are still pressed
 * down, where a clipped value would let them be.
 */
export function cappedExp<T extends Tensor>(exponent: T): T {
  return customGrad((input, save) => {
    const value = (input as Tensor).minimum(LARGEST_EXPONENT).exp();
    (save as (tensors: Tensor[]) => void)([value]);
    return { value, gradFunc: (dy, saved) => dy.mul((saved as Tensor[])[0] as Tensor) };
  })(exponent) as T;
}
