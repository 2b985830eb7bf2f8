import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import {
  dispose,
  grad,
  type Scalar,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { CriticEstimator } from '../estimator';
import { describeBaselineUse } from './describe-baseline-use';
import { describeRunningSurrogate } from './describe-running-surrogate';
import { expectDirectionalDerivatives } from './expect-directional-derivatives';

export interface CriticEstimatorSuiteOptions {
  /** Whether the order of the pairs of a batch does not matter. Default true. */
  exchangeable?: boolean;
  /** Whether the surrogate holds a part of itself constant, so that its differences say nothing. Default false. */
  holdsPartConstant?: boolean;
}

/**
 * What every estimator on critic scores has to hold, as a vitest suite on the current backend. One with a baseline or
 * with a surrogate that has a state is held to what those promise, too.
 *
 * @example
 * describeCriticEstimator('infoNCE', infoNCE());
 */
export function describeCriticEstimator(
  name: string,
  estimator: CriticEstimator,
  { exchangeable = true, holdsPartConstant = false }: CriticEstimatorSuiteOptions = {},
): void {
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
  const objectives = [
    { of: 'surrogate', objective: (scores: Tensor2D) => estimator.surrogate(scores) },
    ...(estimator.criticSurrogate ? [{ of: 'criticSurrogate', objective: estimator.criticSurrogate }] : []),
  ];

  describe(`${name} as a critic estimator`, () => {
    it('says what it is', () => {
      expect(estimator.name).not.toBe('');
      expect(['scores', 'log-likelihoods']).toContain(estimator.requires);
      expect(['lower', 'upper', 'neither']).toContain(estimator.direction);
    });

    it.runIf(exchangeable)('does not depend on the order of the pairs', async () => {
      const shuffled = tidy(() => {
        const order = tensor1d([2, 0, 5, 1, 4, 3], 'int32');
        return random(2).gather(order, 0).gather(order, 1) as Tensor2D;
      });
      expectCloseArrays([await read(shuffled)], [await read(random(2))], { absolute: 1e-5 });
    });

    it('finds no information in constant scores', async () => {
      const constant = () => tensor2d(new Float32Array(batch * batch).fill(0.7), [batch, batch]);
      const nats = await read(constant());
      expect(nats).toSatisfy(Number.isFinite);
      if (estimator.direction === 'lower') expect(nats).toBeLessThanOrEqual(1e-5);
      if (estimator.direction === 'upper') expect(nats).toBeGreaterThanOrEqual(-1e-5);
    });

    it.each([0.1, 1, 10, 1e4])('stays finite and below its cap for scores of size %d', async (scale) => {
      const nats = await read(random(scale));
      expect(nats).toSatisfy(Number.isFinite);
      // The size of the scores is what 32-bit numbers round relative to.
      const rounding = 1e-5 * Math.max(1, scale / 10);
      if (estimator.cap !== undefined) expect(nats).toBeLessThanOrEqual(estimator.cap(batch) + rounding);
    });

    describe.each(objectives)('its $of', ({ objective }) => {
      const gradientOf = grad((scores: Tensor) => objective(scores as Tensor2D) as Scalar);

      it.each([1, 10])('has a gradient that climbs it, scores of size %d', async (scale) => {
        const step = 0.02;
        const gradient = tidy(() => gradientOf(random(scale)) as Tensor2D);
        const values = await gradient.data();
        expect(values.every(Number.isFinite)).toBe(true);
        expect(values.some((value) => value !== 0)).toBe(true);
        const before = await read(random(scale), objective);
        const moved = tidy(() => random(scale).add(gradient.mul(step)) as Tensor2D);
        expect(await read(moved, objective)).toBeGreaterThan(before);
        gradient.dispose();
      });

      it.runIf(!holdsPartConstant)('has the gradient that differences show', async () => {
        await expectDirectionalDerivatives(objective as (scores: Tensor) => Scalar, random(1));
      });

      it('has a finite gradient at scores of size 10000', async () => {
        const gradient = tidy(() => gradientOf(random(1e4)));
        expect((await gradient.data()).every(Number.isFinite)).toBe(true);
        gradient.dispose();
      });
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
        const made = [
          estimator.value(scores),
          ...objectives.map(({ objective }) => objective(scores)),
          surrogateGradient(scores),
        ];
        dispose([scores, ...made]);
      });
    });

    if (estimator.baseline) describeBaselineUse(estimator, estimator.baseline);
    if (estimator.start) describeRunningSurrogate(estimator, estimator.start);
  });
}
