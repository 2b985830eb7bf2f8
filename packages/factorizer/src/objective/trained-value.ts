import { customGrad, type Scalar, type Tensor } from '@tensorflow/tfjs';

/**
 * A number to report with the gradient of another: `value`, whose slope is that of `surrogate`. TensorFlow.js has no
 * `stopGradient`, which `surrogate + stopGradient(value − surrogate)` would need.
 */
export function trainedValue(value: Scalar, surrogate: Scalar): Scalar {
  // What is made inside is not on the tape, so nothing flows back into `value`.
  return customGrad(() => ({ value: value.clone(), gradFunc: (slope: Tensor) => slope }))(
    surrogate,
  ) as Scalar;
}
