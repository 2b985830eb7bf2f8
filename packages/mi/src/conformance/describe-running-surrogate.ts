import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { dispose, memory, type Tensor2D, tensor2d, tidy, variable, variableGrads } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { CriticEstimator, RunningSurrogate } from '../estimator';

/** What a surrogate with a state has to hold; part of `describeCriticEstimator`. */
export function describeRunningSurrogate(estimator: CriticEstimator, start: () => RunningSurrogate): void {
  const batch = 6;
  const scoresOf = (step: number) =>
    tensor2d(randomStream(4, 'running', step).normals(batch * batch), [batch, batch]);
  const advance = async (running: Pick<RunningSurrogate, 'surrogate'>, step: number): Promise<number> => {
    const result = tidy(() => running.surrogate(scoresOf(step)));
    const [value] = await result.data();
    result.dispose();
    return value as number;
  };
  const steps = async (running: RunningSurrogate): Promise<number[]> => {
    const values: number[] = [];
    for (let step = 0; step < 4; step++) values.push(await advance(running, step));
    return values;
  };

  describe('with a state', () => {
    it('starts with its surrogate without a state, and each run starts anew', async () => {
      const [first, second] = [start(), start()];
      const values = await steps(first);
      expectCloseArrays(values.slice(0, 1), [await advance(estimator, 0)]);
      expect(values.every(Number.isFinite)).toBe(true);
      expect(await steps(second)).toEqual(values);
      first.dispose();
      second.dispose();
    });

    it('goes on from a state that was kept', async () => {
      const original = start();
      for (const kept of [0, 2]) {
        for (let step = 0; step < kept; step++) await advance(original, step);
        const resumed = start();
        expect(resumed.state).toHaveLength(original.state.length);
        for (const [index, tensor] of original.state.entries()) {
          expect((await tensor.data()).every(Number.isFinite)).toBe(true);
          tidy(() => resumed.state[index]?.assign(tensor.clone()));
        }
        expect(await advance(resumed, 9)).toBe(await advance(original, 9));
        resumed.dispose();
      }
      original.dispose();
    });

    it('gives variables a finite gradient, and is none of those that are trained', async () => {
      const running = start();
      expect(running.state.some(({ trainable }) => trainable)).toBe(false);
      const scores = tidy(() => variable(scoresOf(0)));
      for (let step = 0; step < 3; step++) {
        const { value, grads } = variableGrads(
          () => running.surrogate(scores as unknown as Tensor2D),
          [scores],
        );
        const gradient = await (grads[scores.name] as Tensor2D).data();
        expect(gradient.every(Number.isFinite)).toBe(true);
        expect(gradient.some((element) => element !== 0)).toBe(true);
        dispose([value, grads]);
      }
      dispose(scores);
      running.dispose();
    });

    it('leaves no tensor behind, neither after a step nor after the run', async () => {
      await expectNoLeak(async () => {
        const running = start();
        await advance(running, 0);
        const after = memory().numTensors;
        await advance(running, 1);
        expect(memory().numTensors).toBe(after);
        running.dispose();
      });
    });
  });
}
