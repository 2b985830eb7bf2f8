import { useBackend } from '@factornet/core';
import { stack, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { club } from './bounds/club';
import { donskerVaradhan } from './bounds/donsker-varadhan';
import { infoNCE } from './bounds/info-nce';
import { interpolated } from './bounds/interpolated';
import { jensenShannon } from './bounds/jensen-shannon';
import { leaveOneOut } from './bounds/leave-one-out';
import { nwj } from './bounds/nwj';
import { smile } from './bounds/smile';
import type { CriticEstimator } from './estimator';
import { correlationOf, oracleScores } from './testing/oracle-scores';

/**
 * x ~ N(0, I), y = ρx + √(1−ρ²)ε in 20 dimensions, scored by the exact log density ratio in batches of 64 (Poole et
 * al., arXiv 1905.06922), and what an independent NumPy implementation found there: mean and standard deviation of one
 * batch, from 1500 batches, or 200 for the interpolated bound.
 */
const [DIMENSIONS, BATCH, BATCHES] = [20, 64, 40];
const NATS = [2, 4, 6, 8, 10];

interface Row {
  readonly name: string;
  readonly estimator: CriticEstimator;
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** What its critic is at its best: the log ratio, 1 more than that, or the conditional. */
  readonly critic: 'log-ratio' | 'one-more' | 'conditional';
  readonly tableBatches?: number;
  /** So rare are the batches that matter most that a standard deviation, too, takes more batches to show. */
  readonly heavyTailed?: true;
}

const ratio = (name: string, estimator: CriticEstimator, means: number[], deviations: number[]): Row => ({
  name,
  estimator,
  means,
  deviations,
  critic: estimator.requires === 'scores' ? 'log-ratio' : 'conditional',
});
// biome-ignore format: a table
const TABLE: Row[] = [
  ratio('donskerVaradhan', donskerVaradhan(), [2, 4.04, 6.23, 8.61, 11.3], [0.25, 0.45, 0.67, 0.99, 1.3]),
  { ...ratio('nwj', nwj(), [1.99, 3.97, 6.04, 8.07, 10.2], [0.26, 0.81, 1.0, 2.3, 3.1]), critic: 'one-more', heavyTailed: true },
  { ...ratio('jensenShannon, as the reference reads it', jensenShannon({ reading: 'reference' }), [1.63, 3.62, 5.65, 7.66, 9.72], [0.24, 0.41, 0.52, 0.95, 1.2]), heavyTailed: true },
  ratio('infoNCE', infoNCE(), [1.81, 3.07, 3.73, 4.03, 4.12], [0.2, 0.18, 0.13, 0.07, 0.04]),
  ratio('smile, τ = 1', smile({ tau: 1 }), [2.37, 4.66, 6.83, 8.93, 11.0], [0.24, 0.33, 0.39, 0.43, 0.45]),
  ratio('smile, τ = 5', smile({ tau: 5 }), [2.02, 4.27, 6.71, 9.32, 12.1], [0.25, 0.36, 0.47, 0.58, 0.7]),
  { ...ratio('interpolated, α = 0.01', interpolated({ alpha: 0.01 }), [1.97, 3.97, 5.75, 7.29, 8.33], [0.27, 0.35, 0.48, 0.45, 0.47]), critic: 'one-more', tableBatches: 200 },
  { ...ratio('interpolated, α = 0.5', interpolated({ alpha: 0.5 }), [1.9, 3.5, 4.56, 5.22, 5.56], [0.23, 0.2, 0.2, 0.14, 0.09]), critic: 'one-more', tableBatches: 200 },
  ratio('leaveOneOut', leaveOneOut(), [2.15, 4.73, 7.84, 11.6, 16.3], [0.25, 0.38, 0.53, 0.71, 0.88]),
  ratio('club', club(), [4.35, 9.69, 16.2, 24.1, 33.8], [0.31, 0.55, 0.83, 1.2, 1.5]),
  ratio('club, off-diagonal', club({ pairs: 'off-diagonal' }), [4.42, 9.84, 16.4, 24.5, 34.4], [0.31, 0.56, 0.84, 1.2, 1.5]),
];

/** Values of every row of the table for every batch, row by row. */
async function evaluateAll(nats: number): Promise<number[][]> {
  const values = tidy(() => {
    const batches = Array.from({ length: BATCHES }, (_, key) =>
      tidy(() => {
        const scores = oracleScores(nats, { batch: BATCH, dimensions: DIMENSIONS, key });
        const logRatios = tensor2d(scores.logRatios, [BATCH, BATCH]);
        const critics = {
          'log-ratio': logRatios,
          'one-more': logRatios.add(1) as Tensor2D,
          conditional: tensor2d(scores.logLikelihoods, [BATCH, BATCH]),
        };
        return stack(TABLE.map(({ estimator, critic }) => estimator.value(critics[critic])));
      }),
    );
    return stack(batches, 1) as Tensor2D;
  });
  const rows = (await values.array()) as number[][];
  values.dispose();
  return rows;
}

describe('correlated Gaussians with the exact log-ratio as critic', () => {
  const readings = new Map<number, number[][]>();
  beforeAll(async () => {
    await useBackend('wasm');
    for (const nats of NATS) readings.set(nats, await evaluateAll(nats));
  });
  /** The mean over batches, and its standard error, which for heavy tails few batches alone would understate. */
  const reading = (row: number, level: number) => {
    const values = readings.get(NATS[level] as number)?.[row] as number[];
    const mean = values.reduce((sum, value) => sum + value, 0) / BATCHES;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (BATCHES - 1);
    const { deviations, heavyTailed } = TABLE[row] as Row;
    const known = deviations[level] as number;
    const spread = heavyTailed ? Math.max(known, Math.sqrt(variance)) : known;
    return { mean, spread, standardError: spread / Math.sqrt(BATCHES) };
  };

  describe.each(TABLE.map((row, index) => ({ ...row, index })))('$name', (row) => {
    it.each(NATS.map((nats, level) => ({ nats, level, expected: row.means[level] as number })))(
      'reads $expected at $nats nats',
      ({ level, expected }) => {
        const { mean, spread } = reading(row.index, level);
        // Four standard errors of both averages, and the table's own rounding.
        const standardError = spread * Math.sqrt(1 / BATCHES + 1 / (row.tableBatches ?? 1500));
        const rounding = expected >= 10 ? 0.05 : 0.005;
        expect(Math.abs(mean - expected)).toBeLessThan(4 * standardError + rounding);
      },
    );
  });

  // In closed form, so independent of the table: 20 ρ²/(1 − ρ²), and no bias at all.
  it.each(NATS)('agrees with what theory says of CLUB and NWJ at %d nats', (nats) => {
    const level = NATS.indexOf(nats);
    const correlation = correlationOf(nats, DIMENSIONS);
    const offDiagonal = (DIMENSIONS * correlation ** 2) / (1 - correlation ** 2);
    const expected = {
      nwj: nats,
      club: (offDiagonal * (BATCH - 1)) / BATCH,
      'club, off-diagonal': offDiagonal,
    };
    for (const [name, value] of Object.entries(expected)) {
      const index = TABLE.findIndex((row) => row.name === name);
      const { mean, standardError } = reading(index, level);
      expect(Math.abs(mean - value)).toBeLessThan(4 * standardError);
    }
  });

  it.each(NATS)('bounds lie on their side of %d nats', (nats) => {
    for (const [index, { estimator, name }] of TABLE.entries()) {
      // Donsker–Varadhan is a bound for the population, not for the mean over batches.
      if (name === 'donskerVaradhan') continue;
      const { mean, standardError } = reading(index, NATS.indexOf(nats));
      if (estimator.direction === 'lower') expect(mean).toBeLessThan(nats + 4 * standardError);
      if (estimator.direction === 'upper') expect(mean).toBeGreaterThan(nats - 4 * standardError);
    }
  });
});
