import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { dispose, grads, type Tensor, type Tensor2D, tensor2d, tidy, variableGrads } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Critic, CriticNetwork } from '../critic';

export interface CriticSuiteOptions {
  /** Default 5. */
  xFeatures?: number;
  /** Default 3. */
  yFeatures?: number;
}

/**
 * What every critic has to hold, as a vitest suite on the current backend.
 *
 * @example
 * describeCritic('cosineCritic', cosineCritic());
 */
export function describeCritic(
  name: string,
  critic: Critic,
  { xFeatures = 5, yFeatures = 3 }: CriticSuiteOptions = {},
): void {
  const batch = 4;
  const create = (seed = 1) => critic.create({ xFeatures, yFeatures, seed, name: 'suite/critic' });
  const random = (key: string, features: number) =>
    tensor2d(randomStream(7, key).normals(batch * features), [batch, features]);
  const withCritic = async <T>(
    body: (network: CriticNetwork, x: Tensor2D, y: Tensor2D) => T | Promise<T>,
    seed?: number,
  ) => {
    const network = create(seed);
    const [x, y] = [random('x', xFeatures), random('y', yFeatures)];
    try {
      return await body(network, x, y);
    } finally {
      network.dispose();
      dispose([x, y]);
    }
  };
  const readScores = async (network: CriticNetwork, x: Tensor2D, y: Tensor2D) => {
    const scores = tidy(() => network.scores(x, y));
    const values = [...(await scores.data())];
    scores.dispose();
    return values;
  };

  describe(`${name} as a critic`, () => {
    it('scores x_i with y_j in row i, column j, each pair by itself', async () => {
      await withCritic(async (network, x, y) => {
        const all = await readScores(network, x, y);
        expect(all).toHaveLength(batch * batch);
        const pairs: number[] = [];
        for (let row = 0; row < batch; row++) {
          for (let column = 0; column < batch; column++) {
            const [left, right] = [x.slice([row, 0], [1]), y.slice([column, 0], [1])];
            pairs.push(...(await readScores(network, left, right)));
            dispose([left, right]);
          }
        }
        expectCloseArrays(all, pairs, { absolute: 1e-4, relative: 1e-4 });
        const transposed = pairs.map((_, k) => pairs[(k % batch) * batch + Math.floor(k / batch)] as number);
        expect(
          Math.max(...all.map((score, k) => Math.abs(score - (transposed[k] as number)))),
        ).toBeGreaterThan(1e-3);
      });
    });

    it('starts from its seed alone', async () => {
      const [first, second, other] = [
        await withCritic(readScores, 1),
        await withCritic(readScores, 1),
        await withCritic(readScores, 2),
      ];
      expect(second).toEqual(first);
      const network = create();
      if (network.variables.length > 0) expect(other).not.toEqual(first);
      network.dispose();
    });

    it('names its variables uniquely, with the prefix, even beside another of the same name', async () => {
      const [first, second] = [create(), create()];
      const names = [...first.variables, ...second.variables].map((variable) => variable.name);
      expect(new Set(names).size).toBe(names.length);
      for (const variable of names) expect(variable).toMatch(/^suite\/critic\//);
      first.dispose();
      second.dispose();
    });

    it('passes a gradient to every variable, to x and to y', async () => {
      await withCritic(async (network, x, y) => {
        const weights = random('weights', batch);
        const objective = (left: Tensor, right: Tensor) =>
          network
            .scores(left as Tensor2D, right as Tensor2D)
            .mul(weights)
            .sum()
            .asScalar();
        // TensorFlow.js refuses to differentiate by no variables.
        const { value, grads: gradients } =
          network.variables.length > 0
            ? variableGrads(() => objective(x, y), [...network.variables])
            : { value: objective(x, y), grads: {} };
        const inputs = grads((...both: Tensor[]) => objective(both[0] as Tensor, both[1] as Tensor))([x, y]);
        expect(Object.keys(gradients)).toHaveLength(network.variables.length);
        for (const [variable, gradient] of [...Object.entries(gradients), ...inputs.entries()]) {
          const values = await gradient.data();
          expect(values.every(Number.isFinite), `gradient of ${variable} is finite`).toBe(true);
          expect(
            values.some((number) => number !== 0),
            `gradient of ${variable} is not all 0`,
          ).toBe(true);
        }
        dispose([weights, value, ...Object.values(gradients), ...inputs]);
      });
    });

    it('leaves no tensor behind', async () => {
      await expectNoLeak(() => withCritic((network, x, y) => network.scores(x, y).dispose()));
    });
  });
}
