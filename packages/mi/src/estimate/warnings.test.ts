import { useBackend } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { matMul, type Tensor2D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { club } from '../bounds/club';
import { donskerVaradhan } from '../bounds/donsker-varadhan';
import { infoNCE } from '../bounds/info-nce';
import { leaveOneOut } from '../bounds/leave-one-out';
import { nwj } from '../bounds/nwj';
import { cosineCritic } from '../critics/cosine-critic';
import { gaussianConditionalCritic } from '../critics/gaussian-conditional-critic';
import { separableCritic } from '../critics/separable-critic';
import { trueConditionalCritic } from '../critics/true-conditional-critic';
import type { CriticEstimator } from '../estimator';
import { referenceInfoMaxOfScores } from '../reference/reference-info-max';
import { ksg } from '../sample-estimators/ksg';
import { gaussianPairs } from '../testing/gaussian-pairs';
import { estimate } from './estimate';
import type { Estimate } from './estimate-result';
import type { Findings } from './findings';
import { findWarnings } from './warnings';

const codes = ({ warnings }: Estimate) => warnings.map(({ code }) => code);
const messageOf = ({ warnings }: Estimate, code: string) =>
  warnings.find((warning) => warning.code === code)?.message;
const quick = { critic: separableCritic({ hidden: [32], embedding: 16 }), batchSize: 64, learningRate: 5e-3 };

/** `log p(y|x)` of `gaussianPairs` in one dimension, without its constant. */
const channel = (nats: number) => {
  const correlation = Math.sqrt(1 - Math.exp(-2 * nats));
  return trueConditionalCritic(
    (x, y) =>
      y
        .transpose()
        .sub(x.mul(correlation))
        .square()
        .div(-2 * (1 - correlation ** 2)) as Tensor2D,
  );
};

describe('warnings of estimate', () => {
  beforeAll(() => useBackend('wasm'));

  it('cap-reached: InfoNCE of 6 nats in batches of 64', async () => {
    const options = { estimator: infoNCE(), critic: channel(6), evaluationBatchSize: 64 };
    const result = await estimate(gaussianPairs(6, { rows: 640 }), options);
    expect(codes(result)).toEqual(['cap-reached']);
    expect(messageOf(result, 'cap-reached')).toMatch(/4\.16 nats.*larger evaluationBatchSize/);
    const little = await estimate(gaussianPairs(1, { rows: 640 }), { ...options, critic: channel(1) });
    expect(codes(little)).toEqual([]);
  });

  it('collapse: encoders trained by the loss of the paper’s authors, which opposite constants minimise', async () => {
    const reference: CriticEstimator = {
      ...infoNCE(),
      name: 'reference',
      surrogate: (scores) => referenceInfoMaxOfScores(scores).neg(),
    };
    const critic = cosineCritic({ hidden: [], embedding: 8, temperature: { initial: 1, learned: false } });
    const options = { critic, batchSize: 64, steps: 150, learningRate: 0.05 };
    const samples = gaussianPairs(2, { rows: 800 });
    const collapsed = await estimate(samples, { ...options, estimator: reference });
    expect(codes(collapsed)).toContain('collapse');
    expect(collapsed.diagnostics?.meanCosinePositive).toBeLessThan(-0.95);
    expect(collapsed.diagnostics?.meanCosineNegative).toBeLessThan(-0.95);
    expect(codes(await estimate(samples, { ...options, estimator: infoNCE() }))).not.toContain('collapse');
  });

  it('above-log-samples: CLUB, far above a truth of 3 nats, read on 200 rows', async () => {
    const result = await estimate(gaussianPairs(3, { rows: 200 }), { estimator: club(), critic: channel(3) });
    expect(result.value).toBeGreaterThan(Math.log(200));
    expect(codes(result)).toContain('above-log-samples');
    expect(messageOf(result, 'above-log-samples')).toMatch(/ln N = 5\.30 nats.*N = 200 rows/);
  });

  it('variance-exploding: NWJ with the exact log-ratio of 7 nats, in batches of 16', async () => {
    const correlation = Math.sqrt(1 - Math.exp(-0.7));
    const variance = 1 - correlation ** 2;
    // log p(y|x)/p(y) + 1, the best critic.
    const ratio = trueConditionalCritic((x, y) => {
      const cross = matMul(x, y, false, true).mul(correlation / variance);
      const ofX = x
        .square()
        .sum(1, true)
        .mul(correlation ** 2 / (2 * variance));
      const ofY = y
        .square()
        .sum(1)
        .mul(1 / (2 * variance) - 0.5);
      return cross.sub(ofX).sub(ofY).add(8) as Tensor2D;
    });
    const options = { critic: ratio, evaluationBatchSize: 16 };
    const samples = gaussianPairs(7, { rows: 3200, dimensions: 20 });
    expect(codes(await estimate(samples, { ...options, estimator: nwj() }))).toContain('variance-exploding');
    expect(codes(await estimate(samples, { ...options, estimator: infoNCE() }))).toEqual(['cap-reached']);
  });

  it('critic-overfitting: 20 dimensions in 300 rows', async () => {
    const result = await estimate(gaussianPairs(2, { rows: 300, dimensions: 20 }), {
      ...quick,
      estimator: infoNCE(),
      steps: 100,
    });
    expect(codes(result)).toContain('critic-overfitting');
    expect(messageOf(result, 'critic-overfitting')).toMatch(/more samples, or a smaller critic/);
  });

  it('not-converged: 12 slow steps', async () => {
    const slow = { ...quick, estimator: infoNCE(), steps: 12, learningRate: 2e-3 };
    const result = await estimate(gaussianPairs(2, { rows: 2000 }), slow);
    expect(codes(result)).toContain('not-converged');
  });

  it('exponent-clipped: NWJ of scores of thousands', async () => {
    const steep = trueConditionalCritic((x, y) => matMul(x, y, false, true).mul(1000) as Tensor2D);
    const samples = gaussianPairs(1, { rows: 400 });
    const result = await estimate(samples, { estimator: nwj(), critic: steep });
    expect(codes(result)).toContain('exponent-clipped');
    expect(Number.isFinite(result.value)).toBe(true);
    const logarithmic = await estimate(samples, { estimator: donskerVaradhan(), critic: steep });
    expect(codes(logarithmic)).not.toContain('exponent-clipped');
  });

  it('negative-estimate: chance for ksg of independent variables, failure for a critic with the wrong sign', async () => {
    const independent = Array.from({ length: 20 }, (_, key) => gaussianPairs(0, { rows: 100, key }));
    const found = independent.find((samples) => ksg().value(samples) < 0) as (typeof independent)[number];
    const chance = await estimate(found, { estimator: ksg() });
    expect(chance.value).toBeLessThan(0);
    expect(messageOf(chance, 'negative-estimate')).toMatch(/no dependence was found/);
    const wrong = trueConditionalCritic((x, y) => matMul(x, y, false, true).mul(-1) as Tensor2D);
    const failed = await estimate(gaussianPairs(1, { rows: 800 }), { estimator: infoNCE(), critic: wrong });
    expect(messageOf(failed, 'negative-estimate')).toMatch(/not chance/);
  });

  it('learned-conditional: an upper bound that is none any more', async () => {
    const critic = gaussianConditionalCritic({ hidden: [8] });
    const options = { estimator: leaveOneOut(), critic, steps: 5 };
    const result = await estimate(gaussianPairs(1, { rows: 400 }), options);
    expect(codes(result)).toContain('learned-conditional');
    expect(result.direction).toBe('neither');
  });

  it('duplicates: rows that ksg sees twice', async () => {
    const random = randomStream(4, 'duplicates');
    const x = [...random.normals(200)];
    const y = x.map((value) => value + random.normal());
    const repeated = { x: [...x, ...x.slice(0, 6)], y: [...y, ...y.slice(0, 6)] };
    const result = await estimate(repeated, { estimator: ksg() });
    expect(messageOf(result, 'duplicates')).toMatch(/Of 206 rows, 6 of x and 6 of y/);
  });

  it('no-standard-error: 30 rows', async () => {
    const result = await estimate(gaussianPairs(1, { rows: 30 }), { estimator: ksg() });
    expect(codes(result)).toEqual(['no-standard-error']);
    expect(result.standardError).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the limits of warnings', () => {
  const found = (change: Partial<Findings>) =>
    findWarnings({ estimator: infoNCE(), value: 0.5, standardError: 0.1, rows: 1000, ...change }).map(
      ({ code }) => code,
    );

  it('cap-reached begins 1 nat below the cap, or at three quarters of a small one', () => {
    expect(found({ value: 5.01, cap: 6 })).toEqual(['cap-reached']);
    expect(found({ value: 4.99, cap: 6 })).toEqual([]);
    expect(found({ value: 0.76, cap: 1 })).toEqual(['cap-reached']);
    expect(found({ value: 0.74, cap: 1 })).toEqual([]);
  });

  it('above-log-samples begins at the logarithm of the rows', () => {
    expect(found({ value: Math.log(1000) })).toEqual(['above-log-samples']);
    expect(found({ value: Math.log(1000) - 0.01 })).toEqual([]);
  });

  it('negative-estimate calls two standard errors chance, and more a failure', () => {
    const messageAt = (value: number) =>
      findWarnings({ estimator: infoNCE(), value, standardError: 0.1, rows: 1000 })[0]?.message;
    expect(messageAt(-0.19)).toContain('no dependence was found');
    expect(messageAt(-0.21)).toContain('That is not chance');
    expect(found({ value: 0 })).toEqual([]);
  });
});
