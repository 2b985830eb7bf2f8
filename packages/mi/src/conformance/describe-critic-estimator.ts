import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { grad, type Scalar, type Tensor, type Tensor2D, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { CriticEstimator } from '../estimator';

/**
 * What every estimator on critic scores has to hold, as a vitest suite on the current backend.
 *
 * @example
 * describeCriticEstimator('infoNCE', infoNCE());
 */
export function describeCriticEstimator(name: string, estimator: CriticEstimator): void {
  const batch = 6;
  const random = (scale: number) =>
    tensor2d(
      randomStream(1, 'scores', scale)
        .normals(batch * batch)
        .map((normal) => normal * scale),
      [batch, batch],
    );
  const read = async (scores: Tensor2D, evaluate = estimator.value): Promise<number> => {
    const result = tidy(() => evaluate(scores));
    scores.dispose();
    expect(result.shape).toEqual([]);
    const [value] = await result.data();
    result.dispose();
    return value as number;
  };
  const surrogateGradient = grad((scores: Tensor) => estimator.surrogate(scores as Tensor2D) as Scalar);

  describe(`${name} as a critic estimator`, () => {
    it('says what it is', () => {
      expect(estimator.name).not.toBe('');
      expect(estimator.requires).toBe('scores');
      expect(['lower', 'upper', 'neither']).toContain(estimator.direction);
    });

    it('does not depend on the order of the pairs', async () => {
      const shuffled = tidy(() => {
        const order = tensor1d([2, 0, 5, 1, 4, 3], 'int32');
        return random(2).gather(order, 0).gather(order, 1) as Tensor2D;
      });
      expectCloseArrays([await read(shuffled)], [await read(random(2))], { absolute: 1e-5 });
    });

    it('finds no information in constant scores', async () => {
      const constant = () => tensor2d(new Float32Array(batch * batch).fill(0.7), [batch, batch]);
      const nats = await read(constant());
      if (estimator.direction === 'lower') expect(nats).toBeLessThanOrEqual(1e-5);
      if (estimator.direction === 'upper') expect(nats).toBeGreaterThanOrEqual(-1e-5);
    });

    it.each([0.1, 1, 10])('stays finite and below its cap for scores of size %d', async (scale) => {
      const nats = await read(random(scale));
      expect(nats).toSatisfy(Number.isFinite);
      if (estimator.cap !== undefined) expect(nats).toBeLessThanOrEqual(estimator.cap(batch) + 1e-5);
    });

    it.each([1, 10])('has a finite gradient that climbs its surrogate, scores of size %d', async (scale) => {
      const step = 0.02;
      const gradient = tidy(() => surrogateGradient(random(scale)) as Tensor2D);
      const values = await gradient.data();
      expect(values.every(Number.isFinite)).toBe(true);
      expect(values.some((value) => value !== 0)).toBe(true);
      const before = await read(random(scale), estimator.surrogate);
      const moved = tidy(() => random(scale).add(gradient.mul(step)) as Tensor2D);
      expect(await read(moved, estimator.surrogate)).toBeGreaterThan(before);
      gradient.dispose();
    });

    it('refuses a batch of one pair', () => {
      const single = tensor2d([[1]]);
      expect(() => tidy(() => estimator.value(single))).toThrow();
      expect(() => tidy(() => estimator.surrogate(single))).toThrow();
      single.dispose();
    });

    it('leaves no tensor behind', async () => {
      await expectNoLeak(() => {
        const scores = random(1);
        const made = [estimator.value(scores), estimator.surrogate(scores), surrogateGradient(scores)];
        for (const tensor of [scores, ...made]) tensor.dispose();
      });
    });
  });
}
