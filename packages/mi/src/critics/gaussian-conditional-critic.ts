import { InvalidOptionError } from '@factornet/spec';
import { type Tensor2D, tidy, type Variable } from '@tensorflow/tfjs';
import type { Critic } from '../critic';
import { createProjection } from './projection';

export interface GaussianConditionalCriticOptions {
  /** Units of the hidden ReLU layers of both perceptrons. Default [128, 128]. */
  hidden?: readonly number[];
  /** Log-variances lie within ± this. Above 0; 10 lets deviations be 0.007 to 148. Default 10. */
  logVarianceLimit?: number;
}

/**
 * A learned conditional density as a critic: `f(x, y) = log q(y|x)` of a diagonal Gaussian in nats,
 *
 * `log q(y|x) = −½ Σ_d [ (y_d − μ_d(x))² e^{−s_d(x)} + s_d(x) + log 2π ]`, with `s = ℓ · tanh(r(x)/ℓ)`
 *
 * for perceptrons μ and r and the limit ℓ. The halves and constants are all there, so that the mean over pairs of the
 * joint is a log-likelihood (what is trained), and a lower bound on −H(y|x). The limit is reached gradually: a
 * log-variance never gets stuck. One that is too narrow, such as ±1, cannot fit a nearly noiseless y.
 *
 * @throws InvalidOptionError unless `logVarianceLimit` is above 0
 *
 * Source: Cheng et al., arXiv 2006.12013.
 *
 * @example
 * const { value } = await estimate(samples, { estimator: vClub(), critic: gaussianConditionalCritic() });
 */
export function gaussianConditionalCritic({
  hidden = [128, 128],
  logVarianceLimit = 10,
}: GaussianConditionalCriticOptions = {}): Critic {
  if (!(logVarianceLimit > 0)) {
    throw new InvalidOptionError({
      option: 'logVarianceLimit',
      expected: 'a number above 0',
      received: logVarianceLimit,
    });
  }
  return {
    name: 'gaussianConditional',
    conditional: 'learned',
    create({ xFeatures, yFeatures, seed, name }) {
      const sizes = [xFeatures, ...hidden, yFeatures];
      const mean = createProjection({ sizes, seed, name: `${name}/mean` });
      const logVariance = createProjection({ sizes, seed, name: `${name}/log-variance` });
      const variables: readonly Variable[] = [...mean.variables, ...logVariance.variables];
      return {
        scores: (x, y) =>
          tidy(() => {
            const [rows, columns] = [x.shape[0], y.shape[0]];
            const raw = logVariance.apply(x);
            const bounded = raw.div(logVarianceLimit).tanh().mul(logVarianceLimit);
            // Squares of differences, not sums of squares: those would cancel where a variance is small.
            const apart = y
              .reshape([1, columns, yFeatures])
              .sub(mean.apply(x).reshape([rows, 1, yFeatures]))
              .square();
            const distances = apart.mul(bounded.neg().exp().reshape([rows, 1, yFeatures])).sum(2);
            const constant = yFeatures * Math.log(2 * Math.PI);
            return distances.add(bounded.sum(1, true)).add(constant).mul(-0.5) as Tensor2D;
          }),
        variables,
        dispose: () => {
          for (const variable of variables) variable.dispose();
        },
      };
    },
  };
}
