import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCritic } from '../conformance/describe-critic';
import { jointCritic } from './joint-critic';

describe.each(['cpu', 'wasm'])('jointCritic on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCritic('jointCritic', jointCritic({ hidden: [32, 16] }));
  describeCritic('jointCritic, one layer', jointCritic({ hidden: [8] }));
});

describe('jointCritic', () => {
  beforeAll(() => useBackend('cpu'));

  it('is the perceptron on concatenated pairs', async () => {
    const [batch, xFeatures, yFeatures, hidden] = [3, 4, 2, [6, 5]];
    const network = jointCritic({ hidden }).create({ xFeatures, yFeatures, seed: 3, name: 'joint' });
    const random = randomStream(9, 'joint');
    const [x, y] = [random.normals(batch * xFeatures), random.normals(batch * yFeatures)];
    const weights = await Promise.all(
      network.variables.map(async (variable) => {
        // Biases start at 0, where leaving them out would not show.
        if (variable.rank === 1) {
          const moved = variable.add(0.3);
          variable.assign(moved);
          moved.dispose();
        }
        return [...(await variable.data())];
      }),
    );
    const [kernelX, kernelY, firstBias, ...rest] = weights as [number[], number[], number[], ...number[][]];
    const layer = (input: number[], kernel: number[], bias: number[]) =>
      bias.map((offset, unit) =>
        input.reduce(
          (sum, value, from) => sum + value * (kernel[from * bias.length + unit] as number),
          offset,
        ),
      );
    const expected: number[] = [];
    for (let i = 0; i < batch; i++) {
      for (let j = 0; j < batch; j++) {
        const pair = [
          ...x.subarray(i * xFeatures, (i + 1) * xFeatures),
          ...y.subarray(j * yFeatures, (j + 1) * yFeatures),
        ];
        let units = layer(pair, [...kernelX, ...kernelY], firstBias);
        for (let index = 0; index < rest.length; index += 2) {
          units = layer(
            units.map((unit) => Math.max(0, unit)),
            rest[index] as number[],
            rest[index + 1] as number[],
          );
        }
        expected.push(...units);
      }
    }
    const [left, right] = [tensor2d(x, [batch, xFeatures]), tensor2d(y, [batch, yFeatures])];
    const scores = network.scores(left, right);
    expectCloseArrays(await scores.data(), expected, { absolute: 1e-5, relative: 1e-5 });
    network.dispose();
    for (const tensor of [left, right, scores]) tensor.dispose();
  });

  it('refuses to be without a hidden layer', () => {
    expect(() => jointCritic({ hidden: [] })).toThrow(InvalidOptionError);
  });
});
