import { useBackend } from '@factornet/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { donskerVaradhan } from './bounds/donsker-varadhan';
import { infoNCE } from './bounds/info-nce';
import { jensenShannon } from './bounds/jensen-shannon';
import { separableCritic } from './critics/separable-critic';
import { readOnGaussians, trainOnGaussians } from './testing/train-on-gaussians';

const [DIMENSIONS, BATCH] = [5, 64];

describe('a separable critic on a staircase of 1 and 2 nats in 5 dimensions', () => {
  beforeAll(() => useBackend('wasm'));

  it('trained by Jensen–Shannon and read by Donsker–Varadhan, follows both steps', async () => {
    const critic = separableCritic({ hidden: [64, 64], embedding: 32 });
    const network = critic.create({
      xFeatures: DIMENSIONS,
      yFeatures: DIMENSIONS,
      seed: 1,
      name: 'staircase',
    });
    const schooling = { dimensions: DIMENSIONS, batch: BATCH, steps: 600, learningRate: 1e-3 };
    const held = { dimensions: DIMENSIONS, batch: BATCH, batches: 40 };
    const steps: { dv: number; nce: number }[] = [];
    for (const nats of [1, 2]) {
      await trainOnGaussians(network, jensenShannon(), nats, schooling);
      const [dv, nce] = await readOnGaussians(network, [donskerVaradhan(), infoNCE()], nats, held);
      steps.push({ dv: dv as number, nce: nce as number });
    }
    network.dispose();
    for (const [index, { dv, nce }] of steps.entries()) {
      const truth = index + 1;
      // Of one batch, DV deviates by 0.15 and 0.25 nats; over 40 batches four standard errors are 0.1 and 0.16.
      expect(dv).toBeLessThan(truth + 0.08 * truth);
      expect(dv).toBeGreaterThan(0.8 * truth);
      expect(nce).toBeLessThan(Math.min(truth, Math.log(BATCH)));
      expect(nce).toBeLessThan(dv);
    }
  });
});
