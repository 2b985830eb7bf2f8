import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import {
  dispose,
  grads,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  zeros,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { GaussianEstimator, GaussianMoments } from '../estimator';

/**
 * What every estimator on a Gaussian encoder's moments has to hold, as a vitest suite on the current backend.
 *
 * @example
 * describeGaussianEstimator('gaussianKL', gaussianKL());
 */
export function describeGaussianEstimator(name: string, estimator: GaussianEstimator): void {
  const [batch, features] = [6, 3];
  const random = (key: string) => tensor2d(randomStream(1, key).normals(batch * features), [batch, features]);
  const moments = (): GaussianMoments => ({ mean: random('mean'), logVariance: random('log-variance') });
  const read = async (make: () => GaussianMoments, evaluate = estimator.value): Promise<number> => {
    const result = tidy(() => evaluate(make()));
    expect(result.shape).toEqual([]);
    const [nats] = await result.data();
    result.dispose();
    return nats as number;
  };
  const surrogateGradients = grads((...both: Tensor[]) =>
    estimator.surrogate({ mean: both[0] as Tensor2D, logVariance: both[1] as Tensor2D }),
  );

  describe(`${name} as a Gaussian estimator`, () => {
    it('says what it is', () => {
      expect(estimator.name).not.toBe('');
      expect(estimator.requires).toBe('gaussian');
      expect(['lower', 'upper', 'neither']).toContain(estimator.direction);
    });

    it('gives a finite scalar, as value and as surrogate', async () => {
      expect(await read(moments)).toSatisfy(Number.isFinite);
      expect(await read(moments, estimator.surrogate)).toSatisfy(Number.isFinite);
    });

    it('does not depend on the order of the batch', async () => {
      const shuffled = (): GaussianMoments => {
        const [order, { mean, logVariance }] = [tensor1d([2, 0, 5, 1, 4, 3], 'int32'), moments()];
        return { mean: mean.gather(order), logVariance: logVariance.gather(order) };
      };
      for (const evaluate of [estimator.value, estimator.surrogate]) {
        expectCloseArrays([await read(shuffled, evaluate)], [await read(moments, evaluate)], {
          absolute: 1e-5,
        });
      }
    });

    it('finds no information where every example is N(0, I)', async () => {
      const prior = () => ({ mean: zeros([batch, features]), logVariance: zeros([batch, features]) });
      expectCloseArrays([await read(prior as () => GaussianMoments)], [0], { absolute: 1e-5 });
    });

    it('counts in nats: an upper bound has at least log(batch) for examples told apart surely', async () => {
      // Neighbours lie 20 standard deviations apart, so t says which of the examples x is.
      const apart = (): GaussianMoments => ({
        mean: tensor2d(
          Float32Array.from({ length: batch }, (_, index) => index - (batch - 1) / 2),
          [batch, 1],
        ),
        logVariance: tensor2d(new Float32Array(batch).fill(2 * Math.log(0.05)), [batch, 1]),
      });
      const nats = await read(apart);
      expect(nats).toSatisfy(Number.isFinite);
      if (estimator.direction === 'upper') expect(nats).toBeGreaterThanOrEqual(Math.log(batch) - 1e-4);
    });

    it('passes a finite gradient to mean and log-variance', async () => {
      const gradients = tidy(() => {
        const { mean, logVariance } = moments();
        return surrogateGradients([mean, logVariance]);
      });
      expect(gradients).toHaveLength(2);
      for (const [index, gradient] of gradients.entries()) {
        const values = await gradient.data();
        const of = `gradient of ${index === 0 ? 'mean' : 'log-variance'}`;
        expect(values.every(Number.isFinite), `${of} is finite`).toBe(true);
        expect(
          values.some((value) => value !== 0),
          `${of} is not all 0`,
        ).toBe(true);
      }
      dispose(gradients);
    });

    it('leaves no tensor behind', async () => {
      await expectNoLeak(() => {
        const { mean, logVariance } = moments();
        const made = [
          estimator.value({ mean, logVariance }),
          estimator.surrogate({ mean, logVariance }),
          ...surrogateGradients([mean, logVariance]),
        ];
        dispose([mean, logVariance, ...made]);
      });
    });
  });
}
