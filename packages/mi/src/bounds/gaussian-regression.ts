import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { type Scalar, type Tensor, tidy } from '@tensorflow/tfjs';
import type { FeaturePrediction, RegressionEstimator } from '../estimator';
import { LOG_VARIANCE_LIMITS } from './gaussian-kl';

export interface GaussianRegressionOptions {
  /**
   * Of q, per dimension: `'unit'` is 1, so that training is least squares; `'learned'` is told with each prediction, and
   * trained. Default `'unit'`.
   */
  variance?: 'unit' | 'learned';
}

/**
 * Barber–Agakov for continuous features: how well f is told from z by a regression `μ(z)` with Gaussian errors,
 * `q(f|z) = N(μ(z), diag σ²)`, in nats, summed over dimensions:
 *
 * `I(f; z) ≥ H(f) + E log q(f|z)`, low by `E KL(p(f|z) ‖ q(f|z))`.
 *
 * H(f) of continuous features is seldom known. Where `entropy` is not given it is that of N(0, I), ½ log 2πe per dimension,
 * and the value is
 *
 * `Σ_d ½ [1 − log σ_d² − E (f_d − μ_d(z))² / σ_d²]`, of unit variance `Σ_d ½ (1 − MSE_d)`.
 *
 * That is a lower bound on `I(f; z) + KL(p(f) ‖ N(0, I))`: on the information itself for standard normal f, and for any
 * other up to a number that z has no part in. So maximising it raises a lower bound, whatever f is; as a measure of
 * dependent or discrete dimensions it reads too high. Features are to be standardised, or the number is large.
 *
 * There is no cap at a batch size, but unit variance never reads more than ½ nat per dimension. Of learned variance
 * the best is `σ_d² = MSE_d`, where the value is `−½ Σ_d log(1 − R_d²)`, the information of jointly Gaussian f and z whose
 * dimensions tell nothing of each other. `log σ²` is clamped to `LOG_VARIANCE_LIMITS`.
 *
 * `value` and `surrogate` throw ShapeMismatchError for a mean of another shape than f, InvalidOptionError where a
 * learned variance is missing.
 *
 * Source: Barber, Agakov, NIPS 2003.
 *
 * @example
 * const nats = gaussianRegression().value({ mean: z.matMul(kernel).add(bias), features });
 */
export function gaussianRegression({
  variance = 'unit',
}: GaussianRegressionOptions = {}): RegressionEstimator {
  const value = (prediction: FeaturePrediction): Scalar => {
    const { mean, features, entropy } = prediction;
    check(prediction, variance);
    return tidy(() => {
      const squares = features.sub(mean).square();
      const [logVariance, scaled]: [Tensor | undefined, Tensor] =
        variance === 'unit' ? [undefined, squares] : weigh(squares, prediction);
      const errors = scaled.sum(1).mean();
      const spread = logVariance === undefined ? errors : errors.add(logVariance.sum());
      const dimensions = features.shape[1];
      // H(f) − ½ d log 2π, where nothing is known that of N(0, I).
      const offset =
        entropy === undefined ? dimensions / 2 : entropy - (dimensions / 2) * Math.log(2 * Math.PI);
      return spread.mul(-0.5).add(offset) as Scalar;
    });
  };
  return {
    name: variance === 'unit' ? 'gaussianRegression' : 'gaussianRegression-learned',
    direction: 'lower',
    requires: 'regression',
    variance,
    value,
    surrogate: value,
  };
}

/** Log-variances within their limits, and squares over variances. */
function weigh(squares: Tensor, { logVariance }: FeaturePrediction): [Tensor, Tensor] {
  const limited = (logVariance as Tensor).clipByValue(...LOG_VARIANCE_LIMITS);
  return [limited, squares.mul(limited.neg().exp())];
}

function check({ mean, features, logVariance }: FeaturePrediction, variance: 'unit' | 'learned'): void {
  if (mean.shape.join() !== features.shape.join()) {
    throw new ShapeMismatchError({
      what: 'the mean of q(f|z)',
      expected: features.shape,
      received: mean.shape,
    });
  }
  if (variance === 'learned' && logVariance === undefined) {
    throw new InvalidOptionError({
      option: 'logVariance',
      expected: 'given, since the variance is learned',
      received: undefined,
    });
  }
}
