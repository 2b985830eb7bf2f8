import { useBackend } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { type Scalar, type Tensor2D, tensor2d, tidy, train, type Variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { donskerVaradhan } from './bounds/donsker-varadhan';
import { infoNCE } from './bounds/info-nce';
import type { Critic } from './critic';
import { bilinearCritic } from './critics/bilinear-critic';
import { cosineCritic } from './critics/cosine-critic';
import { separableCritic } from './critics/separable-critic';

const [DIMENSIONS, BATCH] = [2, 64];

/** x ~ N(0, I), y = ρx + √(1−ρ²)ε: I(x; y) = −(dimensions/2)·log(1 − ρ²) nats. */
function drawPairs(nats: number, ...key: (string | number)[]): [Tensor2D, Tensor2D] {
  const correlation = Math.sqrt(1 - Math.exp((-2 * nats) / DIMENSIONS));
  const random = randomStream(5, ...key);
  const x = random.normals(BATCH * DIMENSIONS);
  const y = random
    .normals(BATCH * DIMENSIONS)
    .map((e, k) => correlation * (x[k] as number) + Math.sqrt(1 - correlation ** 2) * e);
  return [tensor2d(x, [BATCH, DIMENSIONS]), tensor2d(y, [BATCH, DIMENSIONS])];
}

/** Trains on fresh pairs, then averages InfoNCE and Donsker–Varadhan over fresh batches. */
async function trainAndMeasure(critic: Critic, nats: number, steps: number) {
  const request = { xFeatures: DIMENSIONS, yFeatures: DIMENSIONS, seed: 1, name: critic.name };
  const network = critic.create(request);
  const optimizer = train.adam(0.01);
  const variables = network.variables as Variable[];
  for (let step = 0; step < steps; step++) {
    tidy(() => {
      const [x, y] = drawPairs(nats, 'train', step);
      optimizer.minimize(() => infoNCE().surrogate(network.scores(x, y)).neg().asScalar(), false, variables);
    });
  }
  const measure = async (value: (scores: Tensor2D) => Scalar) => {
    let total = 0;
    for (let batch = 0; batch < 40; batch++) {
      const result = tidy(() => value(network.scores(...drawPairs(nats, 'test', batch))));
      total += (await result.data())[0] as number;
      result.dispose();
    }
    return total / 40;
  };
  const nce = await measure(infoNCE().value);
  const dv = await measure(donskerVaradhan().value);
  network.dispose();
  optimizer.dispose();
  return { nce, dv };
}

describe('a critic trained by infoNCE on pairs of known mutual information', () => {
  beforeAll(() => useBackend('wasm'));

  const separable = separableCritic({ hidden: [32], embedding: 8 });

  it.each([
    { name: 'separable', critic: separable },
    { name: 'cosine', critic: cosineCritic({ hidden: [32], embedding: 8 }) },
  ])('$name: approaches the true 1.5 nats from below', async ({ critic }) => {
    const { nce } = await trainAndMeasure(critic, 1.5, 150);
    expect(nce).toBeGreaterThan(1.2);
    expect(nce).toBeLessThan(1.5);
  });

  it('finds nothing in independent pairs', async () => {
    const { nce, dv } = await trainAndMeasure(separable, 0, 100);
    expect(nce).toBeLessThan(0.05);
    expect(dv).toBeLessThan(0.05);
  });

  it('bilinear: finds less, for it has no terms in x² and y²', async () => {
    const { nce } = await trainAndMeasure(bilinearCritic(), 1.5, 150);
    expect(nce).toBeGreaterThan(0.5);
    expect(nce).toBeLessThan(1.2);
  });
});
