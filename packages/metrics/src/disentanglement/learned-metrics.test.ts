import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { CancelledError, InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import type { MetricProgress } from '../metric';
import type { FixedRepresentation } from '../representation';
import { betaVAE } from './beta-vae';
import { dci } from './dci';
import { explicitness } from './explicitness';
import { factorVAE } from './factor-vae';

/** Three factors of 2, 3 and 4 values, and what is made of them. */
function representation(encode: (factors: number[]) => number[], rows = 240): FixedRepresentation {
  const stream = randomStream(2);
  const drawn = Array.from({ length: rows }, () => [stream.integer(2), stream.integer(3), stream.integer(4)]);
  return { factors: featureMatrix(drawn), codes: featureMatrix(drawn.map(encode)) };
}

const fewVotes = { trainVotes: 200, testVotes: 200 };

describe('dci', () => {
  it('gives 1 to the factors themselves, with every part', async () => {
    const events: MetricProgress[] = [];
    const onProgress = (event: MetricProgress) => events.push(event);
    const { value, details } = await dci().measure(
      representation((v) => v),
      { onProgress },
    );
    expect(value).toBeCloseTo(1, 6);
    expect(details).toMatchObject({ informativeness: 1, informativenessTrain: 1, notes: [] });
    expect(details.completeness).toBeCloseTo(1, 6);
    // A tree per stage for two classes, one per class above.
    expect(events.at(-1)).toMatchObject({ metric: 'dci', done: 800, total: 800, secondsLeft: 0 });
  });

  it('costs duplicated codes completeness, not disentanglement', async () => {
    const { value, details } = await dci().measure(representation((v) => [...v, ...v]));
    expect(value).toBeCloseTo(1, 6);
    // 1 − log 2 / log 6, if importance were shared evenly.
    expect(details.completeness).toBeGreaterThan(0.55);
    expect(details.completeness).toBeLessThan(0.75);
  });

  it('gives 0 to constant codes, which predict the most frequent value', async () => {
    const { value, details } = await dci().measure(representation(() => [1, 2]));
    expect(value).toBe(0);
    expect(details.completeness).toBe(0);
    expect(details.informativeness).toBeGreaterThan(0.2);
    expect(details.informativeness).toBeLessThan(0.55);
  });

  it('stops in the midst of it', async () => {
    const controller = new AbortController();
    const onProgress = ({ done }: MetricProgress) => {
      if (done > 20) controller.abort();
    };
    const run = { onProgress, signal: controller.signal };
    await expect(
      dci().measure(
        representation((v) => v),
        run,
      ),
    ).rejects.toThrow(CancelledError);
  });
});

describe('factorVAE', () => {
  it('gives 1 to the factors themselves, whatever constant codes are beside them', async () => {
    const metric = factorVAE({ ...fewVotes, threshold: 0 });
    const { value, details } = await metric.measure(representation((v) => [7, ...v, -1e-3]));
    expect(value).toBe(1);
    expect(details).toMatchObject({ votingCodes: [1, 2, 3], chance: 1 / 3 });
    expect(details.notes).toEqual(['2 of 5 codes vary too little to vote.']);
  });

  it('lets no code below the threshold vote', async () => {
    const small = representation((v) => v.map((value) => value / 1000));
    const { value, details } = await factorVAE(fewVotes).measure(small);
    expect(value).toBe(0);
    expect(details.votingCodes).toEqual([]);
    expect(details.notes?.join(' ')).toMatch(
      /3 of 3 codes have a standard deviation below 0\.05.*do not vote/,
    );
    expect((await factorVAE({ ...fewVotes, threshold: 0 }).measure(small)).value).toBe(1);
  });

  it('is at chance for noise', async () => {
    const stream = randomStream(9);
    const sampler = {
      factorSizes: [2, 3, 4],
      encode: ({ rows }: FeatureMatrix) => ({ rows, columns: 2, data: stream.normals(rows * 2) }),
    };
    const { value } = await factorVAE({ batchSize: 8, trainVotes: 400, testVotes: 400 }).measure(sampler);
    // Four standard errors of a share of 1/3 among 400.
    expect(Math.abs(value - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / 400));
  });

  it('refuses options and factors that make no sense', async () => {
    expect(() => factorVAE({ batchSize: 1 })).toThrow(/batchSize/);
    expect(() => factorVAE({ threshold: -1 })).toThrow(/threshold/);
    const { codes } = representation((v) => v);
    const factors = {
      rows: codes.rows,
      columns: 1,
      data: Float64Array.from({ length: codes.rows }, (_, n) => n % 2),
    };
    await expect(factorVAE().measure({ codes, factors })).rejects.toThrow(/two at least/);
  });
});

describe('betaVAE', () => {
  it('gives 1 to the factors themselves and chance to constant codes', async () => {
    const metric = betaVAE({ batchSize: 32, trainBatches: 300, testBatches: 200 });
    expect((await metric.measure(representation((v) => v))).value).toBe(1);
    const constant = await metric.measure(representation(() => [3, 3]));
    expect(Math.abs(constant.value - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / 200));
    expect(() => betaVAE({ testBatches: 0 })).toThrow(InvalidOptionError);
  });

  it('says that the scale of codes decided', async () => {
    const metric = betaVAE({ batchSize: 32, trainBatches: 300, testBatches: 200 });
    const scaled = (scale: number) => metric.measure(representation((v) => v.map((value) => value * scale)));
    const { value, details } = await scaled(1e-3);
    expect(value).toBeLessThan(0.6);
    expect(details.notes).toEqual([
      expect.stringMatching(/3 of 3 codes have a standard deviation below 0\.1 .*divide each/),
    ]);
    expect((await scaled(1)).details.notes).toEqual([]);
  });
});

describe('explicitness', () => {
  it('gives nearly 1 to the factors themselves and 0.5 to constant codes', async () => {
    expect((await explicitness().measure(representation((v) => v))).value).toBeGreaterThan(0.98);
    const { value, details } = await explicitness().measure(representation(() => [1, 2]));
    expect(value).toBe(0.5);
    expect(details.notes).toEqual(['Left out 2 of 2 codes, which are constant.']);
  });

  it('leaves out values that no test example has', async () => {
    const { codes, factors } = representation((v) => v);
    const data = factors.data.map((value, at) => (at === 0 ? 5 : value));
    const { details } = await explicitness().measure({ codes, factors: { ...factors, data } });
    const note = details.notes?.join(' ');
    expect(note).toMatch(/values of factor 0/);
  });
});
