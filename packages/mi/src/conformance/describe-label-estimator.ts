import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { dispose, grad, type Tensor, type Tensor2D, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { LabelEstimator, LabelPrediction } from '../estimator';

/**
 * What every estimator on a classifier's logits has to hold, as a vitest suite on the current backend.
 *
 * @example
 * describeLabelEstimator('barberAgakov', barberAgakov());
 */
export function describeLabelEstimator(name: string, estimator: LabelEstimator): void {
  const [batch, classes] = [6, 3];
  // Each class twice, so that H(y) is log(classes) nats.
  const labelEntropy = Math.log(classes);
  const oneHot = Array.from({ length: batch }, (_, row) =>
    Array.from({ length: classes }, (_, column) => Number(row % classes === column)),
  );
  const makeTargets = () => tensor2d(oneHot);
  const makeLogits = () => tensor2d(randomStream(1, 'logits').normals(batch * classes), [batch, classes]);
  const prediction = (): LabelPrediction => ({ logits: makeLogits(), targets: makeTargets(), labelEntropy });
  /** Two more rows, at the end, that have logits but no label. */
  const withUnlabelled = (): LabelPrediction => ({
    logits: makeLogits().concat(
      tensor2d([
        [3, -1, 2],
        [0.5, 4, -2],
      ]),
    ),
    targets: makeTargets().pad([
      [0, 2],
      [0, 0],
    ]),
    labelEntropy,
  });
  const read = async (make: () => LabelPrediction, evaluate = estimator.value): Promise<number> => {
    const result = tidy(() => evaluate(make()));
    expect(result.shape).toEqual([]);
    const [nats] = await result.data();
    result.dispose();
    return nats as number;
  };
  const surrogateGradient = ({ logits, targets, ...rest }: LabelPrediction): Tensor =>
    grad((input: Tensor) => estimator.surrogate({ logits: input as Tensor2D, targets, ...rest }))(logits);
  const readGradient = async (make: () => LabelPrediction): Promise<number[]> => {
    const gradient = tidy(() => surrogateGradient(make()));
    const values = [...(await gradient.data())];
    gradient.dispose();
    return values;
  };

  describe(`${name} as a label estimator`, () => {
    it('says what it is', () => {
      expect(estimator.name).not.toBe('');
      expect(estimator.requires).toBe('logits');
      expect(['lower', 'upper', 'neither']).toContain(estimator.direction);
    });

    it('gives a finite scalar, as value and as surrogate', async () => {
      expect(await read(prediction)).toSatisfy(Number.isFinite);
      expect(await read(prediction, estimator.surrogate)).toSatisfy(Number.isFinite);
    });

    it('does not depend on the order of the batch', async () => {
      const shuffled = (): LabelPrediction => {
        const order = tensor1d([2, 0, 5, 1, 4, 3], 'int32');
        return { logits: makeLogits().gather(order), targets: makeTargets().gather(order), labelEntropy };
      };
      for (const evaluate of [estimator.value, estimator.surrogate]) {
        expectCloseArrays([await read(shuffled, evaluate)], [await read(prediction, evaluate)], {
          absolute: 1e-5,
        });
      }
    });

    it('leaves rows without a label out of value and gradient', async () => {
      for (const evaluate of [estimator.value, estimator.surrogate]) {
        expectCloseArrays([await read(withUnlabelled, evaluate)], [await read(prediction, evaluate)], {
          absolute: 1e-5,
        });
      }
      const unlabelled = new Array(2 * classes).fill(0);
      expectCloseArrays(await readGradient(withUnlabelled), [
        ...(await readGradient(prediction)),
        ...unlabelled,
      ]);
    });

    it('passes a finite gradient to the logits', async () => {
      const gradient = await readGradient(prediction);
      expect(gradient).toHaveLength(batch * classes);
      expect(gradient.every(Number.isFinite)).toBe(true);
      expect(gradient.some((value) => value !== 0)).toBe(true);
    });

    it.each([-30, -1, 0, 1, 30])(
      'stays finite, and at or below H(y) if it is a lower bound, for logits of %d times the labels',
      async (scale) => {
        const nats = await read(() => ({ ...prediction(), logits: makeTargets().mul(scale) }));
        expect(nats).toSatisfy(Number.isFinite);
        if (estimator.direction === 'lower') expect(nats).toBeLessThanOrEqual(labelEntropy + 1e-5);
      },
    );

    it('leaves no tensor behind', async () => {
      await expectNoLeak(() => {
        const { logits, targets } = prediction();
        const input = { logits, targets, labelEntropy };
        const made = [estimator.value(input), estimator.surrogate(input), surrogateGradient(input)];
        dispose([logits, targets, ...made]);
      });
    });
  });
}
