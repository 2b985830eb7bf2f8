import { ShapeMismatchError } from '@factornet/spec';
import { type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { Critic } from '../critic';

/**
 * The conditional density itself as a critic, `f(x, y) = log p(y|x)`, where it is known in closed form: what makes
 * `club()` and `leaveOneOut()` bounds, and a test of any other estimator. Has nothing to train.
 *
 * @param logDensity `log p(y_j|x_i)` `[batch, batch]` of x `[batch, xFeatures]` and y `[batch, yFeatures]`, in natural
 * logarithms, constants included; differentiable if what makes x and y is to be trained. Its tensors are tidied.
 *
 * `scores` throws ShapeMismatchError if `logDensity` gives another shape.
 *
 * @example
 * // y = x + N(0, 1), up to a constant
 * const channel = trueConditionalCritic((x, y) => y.transpose().sub(x).square().mul(-0.5));
 */
export function trueConditionalCritic(logDensity: (x: Tensor2D, y: Tensor2D) => Tensor2D): Critic {
  return {
    name: 'trueConditional',
    conditional: 'exact',
    create: () => ({
      scores: (x, y) =>
        tidy(() => {
          const scores = logDensity(x, y);
          const [rows, columns] = [x.shape[0], y.shape[0]];
          if (scores.rank !== 2 || scores.shape[0] !== rows || scores.shape[1] !== columns) {
            throw new ShapeMismatchError({
              what: 'log-density',
              expected: [rows, columns],
              received: scores.shape,
            });
          }
          return scores;
        }),
      variables: [],
      dispose: () => {},
    }),
  };
}
