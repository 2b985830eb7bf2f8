import type { RegressionEstimator } from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
import {
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  type Variable,
  variable,
  zeros,
} from '@tensorflow/tfjs';
import type { ReadingMoments } from '../teacher/reading-moments';
import { linearReadOut } from './linear-read-out';
import { standardise } from './standardised';
import { trainedValue } from './trained-value';

export interface RegressionRequest {
  readonly bound: RegressionEstimator;
  /** Of what is regressed, dimension by dimension. */
  readonly moments: ReadingMoments;
  /** Length of what it is told from. */
  readonly inputs: number;
  readonly seed: number;
  /** Tells its random stream from those of others. */
  readonly name: string;
}

/** A bound by regression with what it trains. */
export interface Regression {
  readonly variables: readonly Variable[];
  /**
   * Nats per dimension that `inputs` `[rows, inputs]` tell about the standardised `features`
   * `[rows, dimensions]`, through a linear read-out.
   */
  evaluate(inputs: Tensor2D, features: Tensor2D): Scalar;
  dispose(): void;
}

/**
 * Makes a regression ready for one training run.
 *
 * @throws InvalidOptionError if no dimension changes from picture to picture
 */
export function runRegression({ bound, moments, inputs, seed, name }: RegressionRequest): Regression {
  const target = standardise(moments);
  if (target.dimensions === 0) {
    const expected = 'features that change from picture to picture';
    throw new InvalidOptionError({ option: 'taps', expected, received: `none, for ${name}` });
  }
  const readOut = linearReadOut({ inputs, outputs: target.dimensions, seed, name });
  const logVariance =
    bound.variance === 'learned' ? tidy(() => variable(zeros([target.dimensions]))) : undefined;
  return {
    variables: [...readOut.variables, ...(logVariance ? [logVariance] : [])],
    evaluate: (given, features) =>
      tidy(() => {
        const prediction = {
          mean: readOut.apply(given),
          features: target.apply(features),
          ...(logVariance && { logVariance: logVariance as Tensor as Tensor1D }),
        };
        const surrogate = bound.surrogate(prediction);
        const same = bound.value === bound.surrogate;
        const nats = same ? surrogate : trainedValue(bound.value(prediction), surrogate);
        return nats.div(target.dimensions) as Scalar;
      }),
    dispose() {
      readOut.dispose();
      target.dispose();
      logVariance?.dispose();
    },
  };
}
