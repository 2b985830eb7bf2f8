import { InvalidOptionError } from '@factornet/spec';
import { type Scalar, type Tensor1D, tidy } from '@tensorflow/tfjs';

// A type, not an interface, so that `tidy` may return it.
export type ClippedGradient = {
  /** The caller's. */
  readonly gradient: Tensor1D;
  /** `‖gradient‖₂` before: NaN or infinite as soon as any part of it is. The caller's. */
  readonly norm: Scalar;
};

/**
 * Shortens a gradient to a Euclidean norm of `maximum`: `g · min(1, maximum / ‖g‖₂)`.
 *
 * Where the squares of a finite gradient would leave 32-bit numbers (beyond about 1e±19), it is measured in a unit near
 * its own size; within them that unit is exactly 1, so that nothing is rounded twice.
 *
 * @param maximum above 0; infinity leaves every gradient as long as it is
 * @throws InvalidOptionError for any other
 * @example
 * const { gradient, norm } = clipByGlobalNorm(5)(flatten(gradients));
 */
export function clipByGlobalNorm(maximum: number): (gradient: Tensor1D) => ClippedGradient {
  if (!(maximum > 0)) {
    throw new InvalidOptionError({ option: 'maximum', expected: 'a number above 0', received: maximum });
  }
  return (whole) =>
    tidy(() => {
      // Neither 0 nor infinite, so that zeros stay zeros, and what is infinite stays that.
      const largest = whole.abs().max().clipByValue(1e-37, 3e38);
      const unit = largest.div<Scalar>(largest.clipByValue(1e-15, 1e15));
      const inUnits = whole.div<Tensor1D>(unit);
      const norm = inUnits.square().sum().sqrt().mul<Scalar>(unit);
      return { gradient: inUnits.mul<Tensor1D>(unit.div(norm.div(maximum).maximum(1))), norm };
    });
}
