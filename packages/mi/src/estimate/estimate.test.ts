import { useBackend } from '@factornet/core';
import { featureMatrix } from '@factornet/core/samples';
import { expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { CancelledError, InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { NonFiniteLossError } from '@factornet/spec/training';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { learnedBaseline } from '../baselines/learned-baseline';
import { barberAgakov } from '../bounds/barber-agakov';
import { club } from '../bounds/club';
import { infoNCE } from '../bounds/info-nce';
import { jensenShannon } from '../bounds/jensen-shannon';
import { leaveOneOut } from '../bounds/leave-one-out';
import { mine } from '../bounds/mine';
import { tuba } from '../bounds/tuba';
import { vClub } from '../bounds/v-club';
import { gaussianConditionalCritic } from '../critics/gaussian-conditional-critic';
import { separableCritic } from '../critics/separable-critic';
import { trueConditionalCritic } from '../critics/true-conditional-critic';
import type { CriticEstimator } from '../estimator';
import { ksg } from '../sample-estimators/ksg';
import { ross } from '../sample-estimators/ross';
import { gaussianPairs } from '../testing/gaussian-pairs';
import { estimate } from './estimate';
import type { EstimateOptions } from './estimate-options';

const critic = separableCritic({ hidden: [32], embedding: 16 });
const quick = { critic, steps: 200, batchSize: 64, learningRate: 5e-3 };
const pairs = gaussianPairs(0.8, { rows: 1500 });
const codes = ({ warnings }: Awaited<ReturnType<typeof estimate>>) => warnings.map(({ code }) => code);

describe('estimate with a critic', () => {
  beforeAll(() => useBackend('wasm'));

  it.each([
    infoNCE(),
    jensenShannon(),
    mine(),
    tuba({ baseline: learnedBaseline({ hidden: [16] }) }),
  ] as CriticEstimator[])('$name finds 0.8 nats within four standard errors', async (estimator) => {
    const result = await estimate(pairs, { estimator, ...quick });
    expect(result).toMatchObject({ estimator: estimator.name, critic: 'separable', unit: 'nats' });
    expect(result.direction).toBe('lower');
    expect(result.standardError).toBeGreaterThan(0.01);
    expect(result.standardError).toBeLessThan(0.1);
    expect(Math.abs(result.value - 0.8)).toBeLessThan(4 * result.standardError);
    expect(result.samples).toEqual({ training: 900, validation: 225, test: 375 });
    expect(result.cap).toBe(estimator.cap?.(64));
  });

  it('bounds from above with the true conditional, on all rows as they are, without training', async () => {
    const correlation = Math.sqrt(1 - Math.exp(-1.6));
    const variance = 1 - correlation ** 2;
    const channel = trueConditionalCritic(
      (x, y) =>
        y
          .transpose()
          .sub(x.mul(correlation))
          .square()
          .div(-2 * variance) as Tensor2D,
    );
    const upper = await estimate(pairs, { estimator: club(), critic: channel });
    const tighter = await estimate(pairs, { estimator: leaveOneOut(), critic: channel });
    expect(upper).toMatchObject({ direction: 'upper', curve: [], samples: { training: 0, test: 1500 } });
    // CLUB of a Gaussian channel is ρ²/(1 − ρ²), of all pairs (B − 1)/B of it.
    const closed = ((correlation ** 2 / variance) * 127) / 128;
    expect(Math.abs(upper.value - closed)).toBeLessThan(4 * upper.standardError);
    expect(tighter.value).toBeGreaterThan(0.8 - 4 * tighter.standardError);
    expect(tighter.value).toBeLessThan(upper.value);
    expect(codes(upper)).toEqual([]);
  });

  it('learns a conditional by likelihood', async () => {
    const conditional = gaussianConditionalCritic({ hidden: [16] });
    const result = await estimate(pairs, { estimator: vClub(), ...quick, critic: conditional });
    const correlation = Math.sqrt(1 - Math.exp(-1.6));
    const closed = correlation ** 2 / (1 - correlation ** 2);
    expect(result.direction).toBe('neither');
    expect(Math.abs(result.value / closed - 1)).toBeLessThan(0.25);
  });

  it('gives the same numbers each time, and others from another seed', async () => {
    const short = { estimator: jensenShannon(), ...quick, steps: 20 };
    const first = await estimate(pairs, short);
    expect(await estimate(pairs, short)).toEqual(first);
    expect((await estimate(pairs, { ...short, seed: 1 })).value).not.toBe(first.value);
  });

  it('takes rows, plain numbers and matrices alike', async () => {
    const short = { estimator: infoNCE(), ...quick, steps: 5 };
    const numbers = { x: [...pairs.x.data], y: pairs.y.data };
    const rows = { x: numbers.x.map((value) => [value]), y: featureMatrix(numbers.y) };
    expect(await estimate(rows, short)).toEqual(await estimate(numbers, short));
  });

  it('tells how far it is, with the curve in order', async () => {
    const seen: string[] = [];
    const { curve, diagnostics } = await estimate(pairs, {
      estimator: infoNCE(),
      ...quick,
      steps: 10,
      onProgress({ stage, done, total, secondsLeft }) {
        seen.push(`${stage} ${done}/${total}`);
        expect(secondsLeft).toBeGreaterThanOrEqual(0);
      },
    });
    expect(seen[0]).toBe('training 1/10');
    expect(seen.at(-1)).toBe('evaluation 1/1');
    expect(curve.map(({ step }) => step)).toEqual(curve.map((_, index) => index + 1));
    expect(curve.map(({ step }) => step)).toContain(diagnostics?.bestStep);
    expect(diagnostics?.meanPositiveScore).toBeGreaterThan(diagnostics?.meanNegativeScore as number);
  });

  it('stops when asked to, and leaves no tensor behind', async () => {
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 3 && controller.abort();
    await expectNoLeak(async () => {
      await expect(
        estimate(pairs, { estimator: mine(), ...quick, signal: controller.signal, onProgress }),
      ).rejects.toThrow(CancelledError);
      await estimate(pairs, { estimator: mine(), ...quick, steps: 3 });
    });
  });

  it('names the step at which a number stops being finite, and leaves no tensor behind', async () => {
    const bad: CriticEstimator = {
      ...infoNCE(),
      surrogate: (scores) => scores.mul(1e30).exp().mean() as Scalar,
    };
    await expectNoLeak(async () => {
      await expect(estimate(pairs, { estimator: bad, ...quick })).rejects.toThrow(NonFiniteLossError);
    });
  });

  it('refuses a critic without a density where one is needed, and a transform where one is exact', async () => {
    const exact = trueConditionalCritic((x, y) => x.sub(y.transpose()) as Tensor2D);
    await expect(estimate(pairs, { estimator: club(), critic })).rejects.toThrow(/gaussianConditionalCritic/);
    const options = { estimator: club(), critic: exact, transform: 'rank-normal' } as const;
    await expect(estimate(pairs, options)).rejects.toThrow(InvalidOptionError);
  });
});

describe('estimate from samples', () => {
  it('is the value of ksg() on all rows, with a standard error of subsamples', async () => {
    const result = await estimate(pairs, { estimator: ksg(), transform: 'none' });
    expect(result).toMatchObject({ estimator: 'ksg', direction: 'neither', curve: [], warnings: [] });
    expect(result.value).toBe(ksg().value(pairs));
    expect(Math.abs(result.value - 0.8)).toBeLessThan(4 * result.standardError);
    expect(result).not.toHaveProperty('critic');
  });

  it('takes the ranks of heavy tails, unless told not to', async () => {
    const bent = { ...pairs, y: featureMatrix([...pairs.y.data].map((value) => value ** 9)) };
    const plain = await estimate(pairs, { estimator: ksg() });
    expect((await estimate(bent, { estimator: ksg() })).value).toBeCloseTo(plain.value, 6);
    const raw = await estimate(bent, { estimator: ksg(), transform: 'none' });
    expect(Math.abs(raw.value - 0.8)).toBeGreaterThan(Math.abs(plain.value - 0.8) + 0.1);
  });

  it('takes y for labels where the estimator is on labels', async () => {
    const random = randomStream(2, 'labels');
    const y = Array.from({ length: 600 }, () => random.integer(3));
    const x = y.map((label) => 10 * label + random.normal());
    const result = await estimate({ x, y }, { estimator: ross() });
    expect(Math.abs(result.value - Math.log(3))).toBeLessThan(0.02);
    await expect(estimate({ x: y, y: x }, { estimator: ross() })).rejects.toThrow(/y must be one column/);
  });

  it('stops when asked to', async () => {
    const controller = new AbortController();
    const options = { estimator: ksg(), signal: controller.signal, onProgress: () => controller.abort() };
    await expect(estimate(pairs, options)).rejects.toThrow(CancelledError);
  });
});

describe('estimate', () => {
  const ramp = Array.from({ length: 100 }, (_, index) => index);

  it.each([
    ['x and y of different lengths', { x: [1, 2, 3], y: [1, 2] }, ShapeMismatchError],
    ['no rows', { x: [], y: [] }, InvalidOptionError],
    ['a number that is not finite', { x: [...ramp, Number.NaN], y: [...ramp, 1] }, InvalidOptionError],
    ['too few rows', { x: ramp.slice(0, 10), y: ramp.slice(0, 10) }, InvalidOptionError],
    ['ragged rows', { x: [[1, 2], [1]], y: [1, 2] }, ShapeMismatchError],
  ])('refuses %s', async (_, samples, error) => {
    await expect(estimate(samples, { estimator: infoNCE() })).rejects.toThrow(error);
  });

  it('refuses estimators on the output of a network, and transforms that it does not know', async () => {
    const samples = { x: ramp, y: ramp };
    const label = { estimator: barberAgakov() } as unknown as EstimateOptions;
    await expect(estimate(samples, label)).rejects.toThrow(/scores, log-likelihoods or samples/);
    const unknown = { estimator: ksg(), transform: 'whiten' } as unknown as EstimateOptions;
    await expect(estimate(samples, unknown)).rejects.toThrow(/rank-normal/);
  });

  it.each([infoNCE(), ksg()])(
    'finds 0 nats in $name where x never varies, and says so',
    async (estimator) => {
      const result = await estimate({ x: ramp.map(() => 4), y: ramp }, { estimator });
      expect(result).toMatchObject({ value: 0, standardError: 0 });
      expect(codes(result)).toEqual(['no-variation']);
    },
  );

  it('leaves out single columns that never vary', async () => {
    const short = { estimator: infoNCE(), ...quick, steps: 5 };
    const x = [...pairs.x.data].map((value) => [value, 7]);
    const y = pairs.y.data;
    expect((await estimate({ x, y }, short)).value).toBe((await estimate({ x: pairs.x, y }, short)).value);
  });
});
