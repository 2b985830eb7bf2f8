import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { InvalidOptionError } from '@factornet/spec';
import { dispose, tensor2d, variableGrads } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCritic } from '../conformance/describe-critic';
import { gaussianConditionalCritic } from './gaussian-conditional-critic';

describe.each(['cpu', 'wasm'])('gaussianConditionalCritic on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCritic('gaussianConditionalCritic', gaussianConditionalCritic({ hidden: [16] }));
  describeCritic('gaussianConditionalCritic, linear', gaussianConditionalCritic({ hidden: [] }));
});

describe('gaussianConditionalCritic', () => {
  beforeAll(() => useBackend('cpu'));
  const request = { xFeatures: 1, yFeatures: 2, seed: 1, name: 'gaussian' };
  const assign = (critic: ReturnType<typeof create>, values: number[][]) => {
    critic.variables.forEach((variable, index) => {
      const value = tensor2d(values[index] as number[], [1, 2]).reshape(variable.shape);
      variable.assign(value);
      value.dispose();
    });
  };
  const create = (logVarianceLimit?: number) =>
    gaussianConditionalCritic({ hidden: [], ...(logVarianceLimit && { logVarianceLimit }) }).create(request);

  it('is the log-density of a Gaussian, halves and constants included', async () => {
    const critic = create(1e6);
    // μ = (2x, 1), log σ² = (0, x).
    assign(critic, [
      [2, 0],
      [0, 1],
      [0, 1],
      [0, 0],
    ]);
    const logNormal = (value: number, mean: number, logVariance: number) =>
      Math.log(
        Math.exp(-((value - mean) ** 2) / (2 * Math.exp(logVariance))) /
          Math.sqrt(2 * Math.PI * Math.exp(logVariance)),
      );
    const [xs, ys] = [
      [-0.5, 1],
      [
        [0.3, 2],
        [1.5, -1],
      ] as [number, number][],
    ];
    const expected = xs.flatMap((x) => ys.map(([a, b]) => logNormal(a, 2 * x, 0) + logNormal(b, 1, x)));
    const scores = critic.scores(tensor2d(xs, [2, 1]), tensor2d(ys));
    expectCloseArrays(await scores.data(), expected, { absolute: 1e-5 });
    critic.dispose();
  });

  it('keeps variances within the limit, with a gradient beyond it', async () => {
    const critic = create(3);
    assign(critic, [
      [0, 0],
      [0, 0],
      [0, 0],
      [-9, 9],
    ]);
    const [x, y] = [tensor2d([[1]]), tensor2d([[0, 0]])];
    const bounded = 3 * Math.tanh(3);
    const scores = critic.scores(x, y);
    // The two log-variances cancel, and y is at the mean.
    expectCloseArrays(await scores.data(), [-Math.log(2 * Math.PI)], { absolute: 1e-5 });
    const shifted = critic.scores(x, tensor2d([[1, 0]]));
    expectCloseArrays(await shifted.data(), [-Math.log(2 * Math.PI) - Math.exp(bounded) / 2], {
      absolute: 1e-4,
    });
    const { value, grads } = variableGrads(() => critic.scores(x, y).sum().asScalar(), [...critic.variables]);
    const gradient = await Object.values(grads)[3]?.data();
    expect(gradient?.every((entry) => Math.abs(entry) > 1e-3)).toBe(true);
    critic.dispose();
    dispose([value, ...Object.values(grads)]);
  });

  it('refuses a limit of 0', () => {
    expect(() => gaussianConditionalCritic({ logVarianceLimit: 0 })).toThrow(InvalidOptionError);
  });
});
