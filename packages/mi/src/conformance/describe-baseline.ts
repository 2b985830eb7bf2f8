import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { dispose, type Tensor2D, tensor2d, tidy, variableGrads } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Baseline, BaselineNetwork } from '../baseline';

/**
 * What every baseline has to hold, as a vitest suite on the current backend.
 *
 * @example
 * describeBaseline('learnedBaseline', learnedBaseline());
 */
export function describeBaseline(name: string, baseline: Baseline): void {
  const [batch, yFeatures] = [4, 3];
  const create = (seed = 1) => baseline.create({ yFeatures, seed, name: 'suite/baseline' });
  const random = () => tensor2d(randomStream(7, 'y').normals(batch * yFeatures), [batch, yFeatures]);
  const read = async (network: BaselineNetwork, y: Tensor2D): Promise<number[]> => {
    const result = tidy(() => network.logBaseline(y));
    expect(result.shape).toEqual([y.shape[0]]);
    const values = [...(await result.data())];
    dispose([y, result]);
    return values;
  };
  const readAll = async (seed: number): Promise<number[]> => {
    const network = create(seed);
    const values = await read(network, random());
    network.dispose();
    return values;
  };

  describe(`${name} as a baseline`, () => {
    it('gives one finite number per y, from that y alone', async () => {
      const network = create();
      const together = await read(network, random());
      const alone: number[] = [];
      for (let row = 0; row < batch; row++) {
        alone.push(
          ...(await read(
            network,
            tidy(() => random().slice([row, 0], [1])),
          )),
        );
      }
      expect(together.every(Number.isFinite)).toBe(true);
      expectCloseArrays(together, alone, { absolute: 1e-5, relative: 1e-4 });
      network.dispose();
    });

    it('starts from its seed alone', async () => {
      expect(await readAll(1)).toEqual(await readAll(1));
      expect(await readAll(2)).not.toEqual(await readAll(1));
    });

    it('names its variables uniquely, with the prefix, even beside another of the same name', () => {
      const [first, second] = [create(), create()];
      const names = [...first.variables, ...second.variables].map((variable) => variable.name);
      expect(new Set(names).size).toBe(names.length);
      for (const variable of names) expect(variable).toMatch(/^suite\/baseline\//);
      first.dispose();
      second.dispose();
    });

    it('passes a gradient to every variable', async () => {
      const network = create();
      const y = random();
      const { value, grads } = variableGrads(
        () => network.logBaseline(y).square().sum().asScalar(),
        [...network.variables],
      );
      expect(Object.keys(grads)).toHaveLength(network.variables.length);
      for (const [variable, gradient] of Object.entries(grads)) {
        const values = await gradient.data();
        expect(values.every(Number.isFinite), `gradient of ${variable} is finite`).toBe(true);
        expect(
          values.some((element) => element !== 0),
          `gradient of ${variable} is not all 0`,
        ).toBe(true);
      }
      dispose([y, value, grads]);
      network.dispose();
    });

    it('leaves no tensor behind', async () => {
      await expectNoLeak(async () => {
        const network = create();
        await read(network, random());
        network.dispose();
      });
    });
  });
}
