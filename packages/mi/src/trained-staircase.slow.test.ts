import { useBackend } from '@factornet/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { donskerVaradhan } from './bounds/donsker-varadhan';
import { infoNCE } from './bounds/info-nce';
import { jensenShannon } from './bounds/jensen-shannon';
import { separableCritic } from './critics/separable-critic';
import { readOnGaussians, trainOnGaussians } from './testing/train-on-gaussians';

const [DIMENSIONS, BATCH] = [20, 64];

/** Of an independent NumPy implementation: separable critic, Jensen–Shannon, read by Donsker–Varadhan. */
const TABLE = [
  { nats: 2, expected: 1.75, steps: 1500 },
  { nats: 4, expected: 3.51, steps: 1500 },
];

describe('a separable critic on a staircase of 2 and 4 nats in 20 dimensions', () => {
  beforeAll(() => useBackend('wasm'));

  it('reaches the values of the table within 10 %, trained by Jensen–Shannon, read by Donsker–Varadhan', {
    timeout: 300_000,
  }, async () => {
    const critic = separableCritic();
    const network = critic.create({
      xFeatures: DIMENSIONS,
      yFeatures: DIMENSIONS,
      seed: 1,
      name: 'staircase',
    });
    for (const { nats, expected, steps } of TABLE) {
      const schooling = { dimensions: DIMENSIONS, batch: BATCH, steps, learningRate: 5e-4 };
      await trainOnGaussians(network, jensenShannon(), nats, schooling);
      const held = { dimensions: DIMENSIONS, batch: BATCH, batches: 200 };
      const [dv, nce] = await readOnGaussians(network, [donskerVaradhan(), infoNCE()], nats, held);
      expect(dv).toBeGreaterThan(0.9 * expected);
      expect(dv).toBeLessThan(1.1 * expected);
      expect(nce).toBeLessThan(Math.log(BATCH));
    }
    network.dispose();
  });
});
