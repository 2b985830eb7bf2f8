import { ShapeMismatchError } from '@factornet/spec';
import { ones, type Tensor1D } from '@tensorflow/tfjs';

/**
 * `log a(y_j)` `[batch]` as given, or log a = 1 for all if none was.
 *
 * @throws ShapeMismatchError unless there is one for each y
 */
export function checkLogBaseline(batch: number, logBaseline?: Tensor1D): Tensor1D {
  if (logBaseline === undefined) return ones([batch]);
  const { shape } = logBaseline;
  if (shape.length !== 1 || shape[0] !== batch) {
    throw new ShapeMismatchError({ what: 'log-baseline', expected: [batch], received: shape });
  }
  return logBaseline;
}
