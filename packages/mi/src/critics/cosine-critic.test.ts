import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { InvalidOptionError } from '@factornet/spec';
import { scalar, type Tensor2D, tensor2d, variableGrads } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCritic } from '../conformance/describe-critic';
import { cosineCritic } from './cosine-critic';

const request = { xFeatures: 2, yFeatures: 3, seed: 5, name: 'cosine' };

describe.each(['cpu', 'wasm'])('cosineCritic on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCritic('cosineCritic', cosineCritic());
  describeCritic(
    'cosineCritic, linear, fixed temperature',
    cosineCritic({ hidden: [], temperature: { learned: false } }),
  );

  it('is the cosine of the projections over the temperature', async () => {
    const critic = cosineCritic({ embedding: 2, hidden: [], temperature: { initial: 0.5 } }).create(request);
    critic.variables[0]?.assign(
      tensor2d([
        [1, 0],
        [0, 1],
      ]),
    );
    critic.variables[2]?.assign(
      tensor2d([
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
    );
    const scores = critic.scores(
      tensor2d([
        [3, 0],
        [0, 0.1],
      ]),
      tensor2d([
        [1, 1, 9],
        [-2, 0, 9],
      ]),
    );
    expectCloseArrays(await scores.data(), [Math.SQRT2, -2, Math.SQRT2, 0]);
    critic.dispose();
  });

  it('keeps scores within 100 and lets a temperature beyond the limit return', async () => {
    const critic = cosineCritic().create(request);
    const logScale = critic.variables.at(-1);
    if (logScale === undefined) throw new Error('no temperature');
    logScale.assign(scalar(6));
    const [x, y] = [
      tensor2d([
        [1, 2],
        [-3, 1],
      ]),
      tensor2d([
        [1, 0, 1],
        [0, 2, -1],
      ]),
    ];
    const values = await critic.scores(x, y).data();
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(100.01);
    const scaleGradient = async (direction: 1 | -1) => {
      const { grads } = variableGrads(
        () => critic.scores(x, y).square().sum().mul(direction).asScalar(),
        [logScale],
      );
      return (await grads[logScale.name]?.data())?.[0];
    };
    // Scores should shrink: the scale has to come down, so the gradient passes; else it stays at the limit.
    expect(await scaleGradient(1)).toBeGreaterThan(0);
    expect(await scaleGradient(-1)).toBe(0);
    critic.dispose();
  });

  it('gives a row of zeros finite scores and gradients', async () => {
    const critic = cosineCritic().create(request);
    const [x, y] = [
      tensor2d([
        [0, 0],
        [1, 1],
      ]),
      tensor2d([
        [0, 0, 0],
        [1, 2, 3],
      ]),
    ];
    const { value, grads } = variableGrads(() => critic.scores(x, y).sum().asScalar(), [...critic.variables]);
    for (const tensor of [value, ...Object.values(grads)]) {
      expect([...(await tensor.data())].every(Number.isFinite)).toBe(true);
    }
    critic.dispose();
  });
});

describe('cosineCritic', () => {
  it('refuses a temperature that its limit would change', () => {
    expect(() => cosineCritic({ temperature: { initial: 0 } })).toThrow(InvalidOptionError);
  });

  it('trains no temperature that is fixed', () => {
    const critic = cosineCritic({ temperature: { learned: false } }).create(request);
    expect(critic.variables.map(({ name }) => name)).not.toContain('cosine/log-scale');
    const scores: Tensor2D = critic.scores(tensor2d([[1, 2]]), tensor2d([[1, 2, 3]]));
    expect(scores.shape).toEqual([1, 1]);
    critic.dispose();
  });
});
