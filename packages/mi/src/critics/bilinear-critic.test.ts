import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, it } from 'vitest';
import { describeCritic } from '../conformance/describe-critic';
import { bilinearCritic } from './bilinear-critic';

describe.each(['cpu', 'wasm'])('bilinearCritic on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCritic('bilinearCritic', bilinearCritic());

  it('is xᵀ W y', async () => {
    const critic = bilinearCritic().create({ xFeatures: 2, yFeatures: 3, seed: 1, name: 'bilinear' });
    critic.variables[0]?.assign(
      tensor2d([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    );
    const scores = critic.scores(
      tensor2d([
        [1, 0],
        [1, -1],
      ]),
      tensor2d([
        [1, 0, 0],
        [0, 1, 1],
      ]),
    );
    expectCloseArrays(await scores.data(), [1, 5, -3, -6]);
    critic.dispose();
  });
});
