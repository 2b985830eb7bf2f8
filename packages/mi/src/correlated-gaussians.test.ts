import { useBackend } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { type Tensor2D, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { donskerVaradhan } from './bounds/donsker-varadhan';
import { infoNCE } from './bounds/info-nce';
import type { CriticEstimator } from './estimator';

/**
 * x ~ N(0, I), y = ρx + √(1−ρ²)ε in 20 dimensions, so I(x; y) = −10·log(1 − ρ²), scored by the exact log
 * density ratio in batches of 64 (Poole et al., arXiv 1905.06922).
 */
const [DIMENSIONS, BATCH, BATCHES] = [20, 64, 100];

function oracleScores(nats: number, batch: number): Tensor2D {
  const correlation = Math.sqrt(1 - Math.exp((-2 * nats) / DIMENSIONS));
  const noise = Math.sqrt(1 - correlation ** 2);
  const random = randomStream(11, 'gaussians', nats, batch);
  const x = random.normals(BATCH * DIMENSIONS);
  const y = random.normals(BATCH * DIMENSIONS).map((e, k) => correlation * (x[k] as number) + noise * e);
  const scores = new Float32Array(BATCH * BATCH);
  for (let i = 0; i < BATCH; i++) {
    for (let j = 0; j < BATCH; j++) {
      let score = nats;
      for (let d = 0; d < DIMENSIONS; d++) {
        const [a, b] = [x[i * DIMENSIONS + d] as number, y[j * DIMENSIONS + d] as number];
        score -= ((b - correlation * a) ** 2 / noise ** 2 - b ** 2) / 2;
      }
      scores[i * BATCH + j] = score;
    }
  }
  return tensor2d(scores, [BATCH, BATCH]);
}

async function averageOverBatches({ value }: CriticEstimator, nats: number): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < BATCHES; batch++) {
    const scores = oracleScores(nats, batch);
    const result = value(scores);
    total += (await result.data())[0] as number;
    scores.dispose();
    result.dispose();
  }
  return total / BATCHES;
}

// Mean and standard deviation of one batch, from 1500 batches of an independent NumPy implementation.
const TABLE = [
  { nats: 2, name: 'infoNCE', estimator: infoNCE(), mean: 1.81, deviation: 0.2 },
  { nats: 4, name: 'infoNCE', estimator: infoNCE(), mean: 3.07, deviation: 0.18 },
  { nats: 6, name: 'infoNCE', estimator: infoNCE(), mean: 3.73, deviation: 0.13 },
  { nats: 8, name: 'infoNCE', estimator: infoNCE(), mean: 4.03, deviation: 0.07 },
  { nats: 10, name: 'infoNCE', estimator: infoNCE(), mean: 4.12, deviation: 0.04 },
  { nats: 2, name: 'donskerVaradhan', estimator: donskerVaradhan(), mean: 2.0, deviation: 0.25 },
  { nats: 4, name: 'donskerVaradhan', estimator: donskerVaradhan(), mean: 4.04, deviation: 0.45 },
  { nats: 6, name: 'donskerVaradhan', estimator: donskerVaradhan(), mean: 6.23, deviation: 0.67 },
  { nats: 8, name: 'donskerVaradhan', estimator: donskerVaradhan(), mean: 8.61, deviation: 0.99 },
  { nats: 10, name: 'donskerVaradhan', estimator: donskerVaradhan(), mean: 11.3, deviation: 1.3 },
];

describe('correlated Gaussians with the exact log-ratio as critic', () => {
  beforeAll(() => useBackend('cpu'));

  it.each(TABLE)('$name reads $mean at $nats nats', async ({ estimator, nats, mean, deviation }) => {
    // Four standard errors of both averages, and the table's own rounding.
    const tolerance = 4 * deviation * Math.sqrt(1 / BATCHES + 1 / 1500) + (mean > 10 ? 0.05 : 0.005);
    expect(Math.abs((await averageOverBatches(estimator, nats)) - mean)).toBeLessThan(tolerance);
  });
});
