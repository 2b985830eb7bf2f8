import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { ones, type Scalar, type Tensor, type Tensor1D, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Baseline } from '../baseline';
import type { CriticEstimator } from '../estimator';
import { expectDirectionalDerivatives } from './expect-directional-derivatives';

/** What an estimator that names a baseline has to hold; part of `describeCriticEstimator`. */
export function describeBaselineUse(estimator: CriticEstimator, baseline: Baseline): void {
  const [batch, yFeatures] = [6, 3];
  const random = (key: string, columns: number) =>
    tensor2d(randomStream(2, key).normals(batch * columns), [batch, columns]);
  const read = async (evaluate: () => Tensor): Promise<number> => {
    const result = tidy(evaluate);
    const [value] = await result.data();
    result.dispose();
    return value as number;
  };
  const logBaseline = () => tensor1d(randomStream(2, 'log-baseline').normals(batch));

  describe('with a baseline', () => {
    it('takes one number per y from it', async () => {
      await expectNoLeak(async () => {
        const network = baseline.create({ yFeatures, seed: 1, name: 'suite/baseline' });
        const nats = await read(() =>
          estimator.value(random('scores', batch), network.logBaseline(random('y', yFeatures))),
        );
        expect(nats).toSatisfy(Number.isFinite);
        network.dispose();
      });
    });

    it('takes a = e where none is given', async () => {
      const without = await read(() => estimator.value(random('scores', batch)));
      const withE = await read(() => estimator.value(random('scores', batch), ones([batch])));
      expectCloseArrays([without], [withE]);
    });

    it('gives each y its own, whatever the order of the pairs', async () => {
      const shuffled = await read(() => {
        const order = tensor1d([2, 0, 5, 1, 4, 3], 'int32');
        const scores = random('scores', batch).gather(order, 0).gather(order, 1);
        return estimator.value(scores, logBaseline().gather(order));
      });
      const ordered = await read(() => estimator.value(random('scores', batch), logBaseline()));
      expectCloseArrays([shuffled], [ordered], { absolute: 1e-5 });
    });

    it('passes it the gradient that differences show', async () => {
      const scores = random('scores', batch);
      const evaluate = (input: Tensor) => estimator.surrogate(scores, input as Tensor1D) as Scalar;
      await expectDirectionalDerivatives(evaluate, logBaseline());
      scores.dispose();
    });

    it('refuses one of another length', () => {
      tidy(() => {
        expect(() => estimator.value(random('scores', batch), ones([batch - 1]))).toThrow();
        expect(() => estimator.surrogate(random('scores', batch), ones([batch + 1]))).toThrow();
      });
    });
  });
}
