import {
  memory,
  type Tensor,
  type Tensor1D,
  tensor1d,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Optimizer, RunningOptimizer } from '../optimizer/optimizer';
import { expectNoLeak } from '../testing/no-leak';

const target = [3, -1, 0.5, 2];

/**
 * What every optimizer has to hold, as a vitest suite on the current backend.
 *
 * @example
 * describeOptimizer('adam', () => adam({ learningRate: 0.01 }));
 */
export function describeOptimizer(name: string, makeOptimizer: () => Optimizer): void {
  const makeVariables = (): [Variable, Variable] =>
    tidy(() => [variable(tensor1d([0, 0])), variable(tensor1d([0, 0]).reshape([1, 2]))]);
  const read = async (variables: readonly Variable[]) =>
    (await Promise.all(variables.map(async (one) => [...(await one.data())]))).flat();
  /** `½ Σ (w − target)²`, whose gradient is `w − target`. */
  const distance = (weights: readonly number[]) =>
    weights.reduce((sum, weight, index) => sum + (weight - (target[index] as number)) ** 2 / 2, 0);
  const step = async (running: RunningOptimizer, variables: readonly Variable[], rate: number) => {
    const weights = await read(variables);
    const gradient = tensor1d(weights.map((weight, index) => weight - (target[index] as number))) as Tensor1D;
    running.apply(gradient, rate);
    expect(gradient.isDisposed, 'the gradient is the caller’s').toBe(false);
    gradient.dispose();
  };
  const run = async (steps: number) => {
    const { learningRate, create } = makeOptimizer();
    const variables = makeVariables();
    const running = create(variables);
    for (let count = 0; count < steps; count++) await step(running, variables, learningRate);
    const weights = await read(variables);
    running.dispose();
    for (const one of variables) one.dispose();
    return weights;
  };

  describe(`${name} as an optimizer`, () => {
    it('says what it is', () => {
      expect(makeOptimizer().name).not.toBe('');
      expect(makeOptimizer().learningRate).toBeGreaterThan(0);
    });

    it('goes down a bowl, every variable of it, and repeats exactly', async () => {
      const [before, after] = [await run(0), await run(20)];
      expect(distance(after)).toBeLessThan(distance(before));
      for (const [index, weight] of after.entries()) {
        const goal = target[index] as number;
        expect(Math.abs(weight - goal)).toBeLessThan(Math.abs(goal));
      }
      expect(await run(20)).toEqual(after);
    });

    it('goes on from a saved state exactly, of which it keeps copies', async () => {
      const straight = await run(7);
      const { learningRate, create } = makeOptimizer();
      const variables = makeVariables();
      const before = create(variables);
      for (let count = 0; count < 3; count++) await step(before, variables, learningRate);
      const state = new Map(
        [...before.state()].map(([key, value]): [string, Tensor] => [key, value.clone()]),
      );
      before.dispose();
      const after = create(variables);
      after.restore(state, 3);
      for (const tensor of state.values()) tensor.dispose();
      for (let count = 0; count < 4; count++) await step(after, variables, learningRate);
      expect(await read(variables)).toEqual(straight);
      after.dispose();
      for (const one of variables) one.dispose();
    });

    it('reads the variables anew when it is restored', async () => {
      const { learningRate, create } = makeOptimizer();
      const variables = makeVariables();
      const running = create(variables);
      await step(running, variables, learningRate);
      const state = new Map(
        [...running.state()].map(([key, value]): [string, Tensor] => [key, value.clone()]),
      );
      tidy(() => variables[0].assign(tensor1d([100, 200])));
      running.restore(state, 1);
      await step(running, variables, 0);
      expect((await read(variables)).slice(0, 2)).toEqual([100, 200]);
      running.dispose();
      for (const tensor of [...state.values(), ...variables]) tensor.dispose();
    });

    it('stays where it is at learning rate 0', async () => {
      const variables = makeVariables();
      const running = makeOptimizer().create(variables);
      await step(running, variables, 0);
      expect(await read(variables)).toEqual([0, 0, 0, 0]);
      running.dispose();
      for (const one of variables) one.dispose();
    });

    it('takes a step as a whole or not at all', async () => {
      const { learningRate, create } = makeOptimizer();
      const [straight, disturbed] = [makeVariables(), makeVariables()];
      const [one, other] = [create(straight), create(disturbed)];
      const before = memory().numTensors;
      // Fails at the first use of the gradient in some optimizers, at the very end in others.
      expect(() => tidy(() => other.apply(tensor1d([1, 2, 3]), learningRate))).toThrow();
      expect(memory().numTensors).toBe(before);
      for (let count = 0; count < 3; count++) {
        await step(one, straight, learningRate);
        await step(other, disturbed, learningRate);
        expect(() => tidy(() => other.apply(tensor1d([1, 2, 3]), learningRate))).toThrow();
      }
      expect(await read(disturbed)).toEqual(await read(straight));
      for (const each of [one, other, ...straight, ...disturbed]) each.dispose();
    });

    it('releases its moments and leaves the variables', async () => {
      await expectNoLeak(() => run(2));
      const variables = makeVariables();
      const before = memory().numTensors;
      makeOptimizer().create(variables).dispose();
      expect(memory().numTensors).toBe(before);
      expect(await read(variables)).toEqual([0, 0, 0, 0]);
      for (const one of variables) one.dispose();
    });
  });
}
