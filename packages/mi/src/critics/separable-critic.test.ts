import { useBackend } from '@factornet/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCritic } from '../conformance/describe-critic';
import { separableCritic } from './separable-critic';

describe.each(['cpu', 'wasm'])('separableCritic on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCritic('separableCritic', separableCritic());
  describeCritic('separableCritic, linear', separableCritic({ hidden: [], embedding: 4 }));
});

describe('separableCritic', () => {
  it('has the layers asked for', () => {
    const critic = separableCritic({ hidden: [7], embedding: 4 }).create({
      xFeatures: 5,
      yFeatures: 3,
      seed: 1,
      name: 'separable',
    });
    expect(critic.variables.map(({ name, shape }) => [name, shape])).toEqual([
      ['separable/x/0/kernel', [5, 7]],
      ['separable/x/0/bias', [7]],
      ['separable/x/1/kernel', [7, 4]],
      ['separable/x/1/bias', [4]],
      ['separable/y/0/kernel', [3, 7]],
      ['separable/y/0/bias', [7]],
      ['separable/y/1/kernel', [7, 4]],
      ['separable/y/1/bias', [4]],
    ]);
    critic.dispose();
  });
});
