import { useBackend } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { describe, expect, it } from 'vitest';
import { infoNCE } from '../bounds/info-nce';
import { separableCritic } from '../critics/separable-critic';
import type { LabelledSampleEstimator, PairedSamples, SampleEstimator } from '../estimator';
import { discretePlugIn } from '../sample-estimators/discrete-plug-in';
import { gaussianCopula } from '../sample-estimators/gaussian-copula';
import { ksg } from '../sample-estimators/ksg';
import { ross } from '../sample-estimators/ross';
import { gaussianPairs } from '../testing/sample-fixture';
import { estimate } from './estimate';
import type { Samples } from './estimate-options';

const REPEATS = 40;
type Draw = (key: number) => PairedSamples | { x: Samples; y: Samples };

/** Both of K levels; with `share` y is x, else another level. */
const levels =
  (rows: number, count: number, share: number): Draw =>
  (key) => {
    const random = randomStream(5, 'coverage', count, key);
    const x = Array.from({ length: rows }, () => random.integer(count));
    return { x, y: x.map((level) => (random.uniform() < share ? level : random.integer(count))) };
  };
const nats = (count: number, share: number) => {
  const [same, other] = [share + (1 - share) / count, (1 - share) / count];
  return Math.log(count) + same * Math.log(same) + (count - 1) * other * Math.log(other);
};
const gaussians =
  (correlation: number): Draw =>
  (key) =>
    gaussianPairs(randomStream(6, 'coverage', key).normals, { rows: 300, correlation });
const clouds: Draw = (key) => {
  const random = randomStream(7, 'coverage', key);
  const y = Array.from({ length: 300 }, () => random.integer(2));
  return { x: y.map((label) => label + 2 * random.uniform()), y };
};

type Case = readonly [string, SampleEstimator | LabelledSampleEstimator, number, Draw];
const CASES: readonly Case[] = [
  ['plug-in of independent variables', discretePlugIn(), 0, levels(600, 10, 0)],
  ['plug-in of few rows of independent variables', discretePlugIn(), 0, levels(300, 10, 0)],
  ['plug-in of dependent variables', discretePlugIn(), nats(10, 0.5), levels(600, 10, 0.5)],
  ['corrected plug-in', discretePlugIn({ correction: 'miller-madow' }), 0, levels(600, 10, 0)],
  ['ksg of independent variables', ksg(), 0, gaussians(0)],
  ['ksg of dependent variables', ksg(), -0.5 * Math.log(1 - 0.8 ** 2), gaussians(0.8)],
  ['copula of dependent variables', gaussianCopula(), -0.5 * Math.log(1 - 0.8 ** 2), gaussians(0.8)],
  ['ross of overlapping clouds', ross(), Math.log(2) / 2, clouds],
];

describe('95 % intervals, value ± 1.96 standard errors', () => {
  it.each(CASES)('cover the truth at least 32 times of 40: %s', async (_, estimator, truth, draw) => {
    let inside = 0;
    for (let key = 0; key < REPEATS; key++) {
      const result = await estimate(draw(key), { estimator, seed: key });
      if (Math.abs(result.value - truth) <= 1.96 * result.standardError) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(32);
  });
});

describe('frames of films', () => {
  it('tell much of each other by chance, unless groups say which belong together', async () => {
    await useBackend('wasm');
    const random = randomStream(8, 'films');
    const films = Array.from({ length: 250 }, () => Array.from({ length: 10 }, random.normal));
    const groups = Array.from({ length: 1000 }, (_, row) => row % 250);
    const x = groups.map((film) =>
      (films[film]?.slice(0, 5) ?? []).map((value) => value + 0.01 * random.normal()),
    );
    const y = groups.map((film) => films[film]?.slice(5) ?? []);
    const options = {
      estimator: infoNCE(),
      critic: separableCritic({ hidden: [64], embedding: 16 }),
      steps: 80,
      batchSize: 64,
      learningRate: 5e-3,
    };
    const [told, untold] = [
      await estimate({ x, y }, { ...options, groups }),
      await estimate({ x, y }, options),
    ];
    expect(untold.value).toBeGreaterThan(4 * untold.standardError);
    expect(told.value).toBeLessThan(2 * told.standardError);
  });
});
