import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import {
  dispose,
  grads,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { FeaturePrediction, RegressionEstimator } from '../estimator';
import { expectDirectionalDerivatives } from './expect-directional-derivatives';

/**
 * What every estimator on a regression of features has to hold, as a vitest suite on the current backend.
 *
 * @example
 * describeRegressionEstimator('gaussianRegression', gaussianRegression());
 */
export function describeRegressionEstimator(name: string, estimator: RegressionEstimator): void {
  const [batch, dimensions] = [8, 3];
  const random = (key: string) =>
    tensor2d(randomStream(1, key).normals(batch * dimensions), [batch, dimensions]);
  const learned = estimator.variance === 'learned';
  const prediction = (): FeaturePrediction => ({
    mean: random('mean'),
    features: random('features'),
    ...(learned && { logVariance: tensor1d([0.3, -0.8, 0]) }),
  });
  /** Exactly the second moments of standard normal f and z, correlated by `correlation` in the one dimension there is. */
  const correlated = (correlation: number): FeaturePrediction => {
    const rest = Math.sqrt(1 - correlation ** 2);
    const signs = [0, 1, 2, 3].map((bits) => [bits & 1 ? 1 : -1, bits & 2 ? 1 : -1] as const);
    return {
      mean: tensor2d(signs.map(([z]) => [correlation * z])),
      features: tensor2d(signs.map(([z, noise]) => [correlation * z + rest * noise])),
      ...(learned && { logVariance: tensor1d([2 * Math.log(rest)]) }),
    };
  };
  const read = async (make: () => FeaturePrediction, evaluate = estimator.value): Promise<number> => {
    const result = tidy(() => evaluate(make()));
    expect(result.shape).toEqual([]);
    const [nats] = await result.data();
    result.dispose();
    return nats as number;
  };
  const surrogateGradients = (): Tensor[] => {
    const { mean, logVariance, features } = prediction();
    return grads((...given: Tensor[]) =>
      estimator.surrogate({
        mean: given[0] as Tensor2D,
        features,
        ...(learned && { logVariance: given[1] as Tensor1D }),
      }),
    )(logVariance === undefined ? [mean] : [mean, logVariance]);
  };

  describe(`${name} as a regression estimator`, () => {
    it('says what it is', () => {
      expect(estimator.name).not.toBe('');
      expect(estimator.requires).toBe('regression');
      expect(['lower', 'upper', 'neither']).toContain(estimator.direction);
      expect(['unit', 'learned']).toContain(estimator.variance);
    });

    it('gives a finite scalar, as value and as surrogate', async () => {
      expect(await read(prediction)).toSatisfy(Number.isFinite);
      expect(await read(prediction, estimator.surrogate)).toSatisfy(Number.isFinite);
    });

    it('does not depend on the order of the batch', async () => {
      const shuffled = (): FeaturePrediction => {
        const [order, { mean, features, ...rest }] = [
          tensor1d([2, 0, 7, 5, 1, 4, 6, 3], 'int32'),
          prediction(),
        ];
        return { ...rest, mean: mean.gather(order), features: features.gather(order) };
      };
      for (const evaluate of [estimator.value, estimator.surrogate]) {
        expectCloseArrays([await read(shuffled, evaluate)], [await read(prediction, evaluate)], {
          absolute: 1e-5,
        });
      }
    });

    it.each([0, 0.3, 0.6, 0.9, 0.99])(
      'keeps to its side of −½ log(1 − ρ²) nats, the truth of Gaussians correlated by %d',
      async (correlation) => {
        const truth = -0.5 * Math.log(1 - correlation ** 2);
        const nats = await read(() => correlated(correlation));
        if (estimator.direction === 'lower') expect(nats).toBeLessThanOrEqual(truth + 1e-4);
        if (estimator.direction === 'upper') expect(nats).toBeGreaterThanOrEqual(truth - 1e-4);
        if (correlation === 0) expect(nats).toBeCloseTo(0, 5);
        else expect(nats).toBeGreaterThan(await read(() => correlated(correlation - 0.1)));
      },
    );

    it('adds what is known of the entropy, nat by nat', async () => {
      const [one, three] = [
        await read(() => ({ ...prediction(), entropy: 1 })),
        await read(() => ({ ...prediction(), entropy: 3 })),
      ];
      expect(three - one).toBeCloseTo(2, 5);
    });

    it('passes a finite gradient to the mean, and to the log-variance where that is learned', async () => {
      const gradients = tidy(surrogateGradients);
      for (const gradient of gradients) {
        const values = await gradient.data();
        expect(values.every(Number.isFinite)).toBe(true);
        expect(values.some((value) => value !== 0)).toBe(true);
      }
      dispose(gradients);
      await expectDirectionalDerivatives(
        (mean) => estimator.surrogate({ ...prediction(), mean: mean as Tensor2D }) as Scalar,
        random('mean'),
      );
    });

    it('leaves no tensor behind', () =>
      expectNoLeak(() => {
        const given = prediction();
        dispose([estimator.value(given), estimator.surrogate(given)]);
        dispose(given as unknown as Tensor[]);
      }));
  });
}
