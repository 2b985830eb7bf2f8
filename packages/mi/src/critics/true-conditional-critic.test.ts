import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { ShapeMismatchError } from '@factornet/spec';
import { type Tensor2D, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCritic } from '../conformance/describe-critic';
import { trueConditionalCritic } from './true-conditional-critic';

/** y = x_0 + N(0, 1), without its constant. */
const channel = trueConditionalCritic(
  (x, y) =>
    y
      .transpose()
      .sub(x.slice([0, 0], [-1, 1]))
      .square()
      .mul(-0.5) as Tensor2D,
);

describe.each(['cpu', 'wasm'])('trueConditionalCritic on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCritic(
    'trueConditionalCritic',
    trueConditionalCritic((x, y) => x.sum(1, true).add(y.square().sum(1)).sin() as Tensor2D),
  );
  describeCritic('trueConditionalCritic of a channel', channel, { xFeatures: 1, yFeatures: 1 });
});

describe('trueConditionalCritic', () => {
  const [x, y] = [tensor2d([[0], [2]]), tensor2d([[1], [5]])];

  it('has the density of y_j given x_i in row i, column j, and is marked as exact', async () => {
    const network = channel.create({ xFeatures: 1, yFeatures: 1, seed: 1, name: 'channel' });
    expectCloseArrays(await network.scores(x, y).data(), [-0.5, -12.5, -0.5, -4.5]);
    expect(channel.conditional).toBe('exact');
    expect(network.variables).toEqual([]);
  });

  it('refuses a density of another shape', () => {
    const pairwise = trueConditionalCritic((left, right) => left.sub(right) as Tensor2D);
    const network = pairwise.create({ xFeatures: 1, yFeatures: 1, seed: 1, name: 'pairwise' });
    expect(() => network.scores(x, y)).toThrow(ShapeMismatchError);
  });
});
