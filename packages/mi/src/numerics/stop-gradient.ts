import { customGrad, type Tensor, zeros } from '@tensorflow/tfjs';

/**
 * What `compute` makes of the inputs, as a constant to whoever differentiates: nothing within it is differentiated, so
 * it may use operations that have no gradient. TensorFlow.js has no such operation of its own.
 *
 * @example
 * const largest = stopGradient((input) => input.max(), scores);
 */
export function stopGradient<Inputs extends Tensor[], T extends Tensor>(
  compute: (...inputs: Inputs) => T,
  ...inputs: Inputs
): T {
  const shapes = inputs.map(({ shape }) => shape);
  const evaluate = customGrad((...given) => ({
    // A result that is an input itself would be its own gradient's input.
    value: compute(...(given.slice(0, inputs.length) as Inputs)).clone(),
    gradFunc: () => shapes.map((shape) => zeros(shape)),
  }));
  return evaluate(...inputs) as T;
}
