import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { describe, expect, it } from 'vitest';
import { infoNCE } from '../bounds/info-nce';
import { discretePlugIn } from '../sample-estimators/discrete-plug-in';
import { histogram } from '../sample-estimators/histogram';
import { ksg } from '../sample-estimators/ksg';
import { gaussianPairs } from '../testing/gaussian-pairs';
import { estimate } from './estimate';
import type { Estimate } from './estimate-result';

const codes = ({ warnings }: Estimate) => warnings.map(({ code }) => code);
const messageOf = ({ warnings }: Estimate, code: string) =>
  warnings.find((warning) => warning.code === code)?.message;
const random = randomStream(3, 'sample-warnings');
const levels = (rows: number, count: number) => Array.from({ length: rows }, () => random.integer(count));

describe('plug-in in estimate', () => {
  it('says that a continuous column and a label read H(label), its cap, whatever the truth', async () => {
    const samples = { x: [...random.normals(500)], y: levels(500, 4) };
    const result = await estimate(samples, { estimator: discretePlugIn() });
    expect(result.value).toBeCloseTo(result.cap as number, 9);
    expect(result.cap).toBeLessThan(Math.log(4) + 1e-9);
    expect(codes(result)).toContain('singleton-cells');
    expect(messageOf(result, 'singleton-cells')).toMatch(/500 cells .* 500 have a single one.*ross\(\)/);
  });

  it('says how much counts read too high, and lets the standard error include it', async () => {
    const samples = { x: levels(300, 10), y: levels(300, 10) };
    const plain = await estimate(samples, { estimator: discretePlugIn() });
    expect(codes(plain)).toEqual(['count-bias']);
    expect(messageOf(plain, 'count-bias')).toMatch(/0\.1\d* nats too high.*miller-madow/);
    expect(plain.value).toBeLessThan(1.96 * plain.standardError);
    const corrected = await estimate(samples, { estimator: discretePlugIn({ correction: 'miller-madow' }) });
    expect(codes(corrected)).not.toContain('count-bias');
    const few = await estimate({ x: levels(600, 3), y: levels(600, 3) }, { estimator: discretePlugIn() });
    expect(codes(few)).toEqual([]);
  });

  it('says nothing against a variable and itself: its entropy is the truth', async () => {
    const x = levels(400, 4);
    const result = await estimate({ x, y: x }, { estimator: discretePlugIn() });
    expect(result.value).toBeCloseTo(result.cap as number, 12);
    expect(codes(result)).toEqual([]);
  });
});

describe('ksg in estimate', () => {
  it('says that it reads too low: 8 nats of 4 columns, and 5 columns', async () => {
    const four = await estimate(gaussianPairs(8, { rows: 600, dimensions: 4 }), { estimator: ksg() });
    expect(four.value).toBeLessThan(6);
    expect(messageOf(four, 'biased-low')).toMatch(/too low: it still rises with the number of rows/);
    const five = await estimate(gaussianPairs(1, { rows: 500, dimensions: 5 }), { estimator: ksg() });
    expect(messageOf(five, 'biased-low')).toMatch(/5 columns or more/);
    const one = await estimate(gaussianPairs(1, { rows: 500 }), { estimator: ksg() });
    expect(codes(one)).toEqual([]);
  });

  it('says that few rows are as near as the neighbours, where x is nearly y', async () => {
    const result = await estimate(gaussianPairs(8, { rows: 300 }), { estimator: ksg() });
    expect(messageOf(result, 'biased-low')).toMatch(/next to 3 neighbours only [2-5] rows are as near/);
  });

  it('says that outliers decide, unless ranks are taken', async () => {
    const { x, y } = gaussianPairs(1, { rows: 300 });
    const data = x.data.map((value, row) => (row === 5 ? 1000 : value)) as Float64Array;
    const far = { x: { ...x, data }, y };
    for (const estimator of [ksg(), histogram()]) {
      const result = await estimate(far, { estimator, transform: 'none' });
      expect(messageOf(result, 'outliers')).toMatch(/rank-normal/);
      expect(codes(await estimate(far, { estimator }))).not.toContain('outliers');
    }
  });
});

describe('numbers that 32 bits cannot tell apart', () => {
  it.each([
    ['an offset', (value: number) => value + 1e12],
    ['tiny units', (value: number) => value * 1e-30],
    ['huge units', (value: number) => value * 1e30],
  ])('are refused where a critic is to see them as they are: %s', async (_, map) => {
    const { x, y } = gaussianPairs(1, { rows: 200 });
    const samples = { x: featureMatrix([...x.data].map(map)), y };
    await expect(estimate(samples, { estimator: infoNCE(), transform: 'none', steps: 1 })).rejects.toThrow(
      /x, column 0 must be numbers that 32 bits tell apart/,
    );
  });
});
