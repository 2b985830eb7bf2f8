import { featureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import type { RepresentationSampler } from '../representation';
import { deterministicFixture } from '../testing/deterministic-fixture';
import { mig, migOfMatrix, migOverCeiling } from './mig';

const perfect = (...factorSizes: number[]): RepresentationSampler => ({
  factorSizes,
  encode: (factors) => factors,
});

describe('mig', () => {
  it('gives the deterministic golden value and its information matrix', async () => {
    const { value, details } = await mig().measure(deterministicFixture());
    expect(value).toBeCloseTo(0.6930343596, 9);
    // sklearn.metrics.mutual_info_score on NumPy's histogram bins.
    const expected = [
      [1.3862943611, 0],
      [0, 1.7917594692],
      [0.3029695783, 0.7084346864],
      [0.0363981221, 0.131901349],
    ];
    for (const [code, row] of (details.information as number[][]).entries()) {
      for (const [factor, nats] of row.entries()) expect(nats).toBeCloseTo(expected[code]?.[factor] ?? -1, 9);
    }
    expect(details.ceiling).toBeCloseTo(1, 12);
    expect(details.overCeiling).toBeCloseTo(value, 12);
  });

  it('is at its ceiling, below 1, for perfect codes of factors with more values than bins', async () => {
    const dSprites = perfect(3, 6, 40, 32, 32);
    const { value, details } = await mig().measure(dSprites);
    expect(details.ceiling).toBeCloseTo(0.902, 2);
    expect(value).toBeCloseTo(0.896, 2);
    const over = await migOverCeiling().measure(dSprites);
    expect(over.metric).toBe('mig-over-ceiling');
    expect(over.value).toBeCloseTo(value / (details.ceiling as number), 12);
    expect(over.value).toBeGreaterThan(0.98);
  });

  it('has the ceilings H(bin) / H of factors with 21, 32 and 40 values', async () => {
    const ceilingOf = async (size: number) => {
      const rows = Array.from({ length: 4 * size }, (_, index) => [
        index % size,
        Math.floor(index / size) % 2,
      ]);
      const fixed = {
        codes: featureMatrix(rows),
        factors: featureMatrix(rows.map(([value = 0]) => [value])),
      };
      return (await mig().measure(fixed)).details.ceiling;
    };
    expect(await ceilingOf(21)).toBeCloseTo(0.978, 3);
    expect(await ceilingOf(32)).toBeCloseTo(0.85, 3);
    expect(await ceilingOf(40)).toBeCloseTo(0.812, 3);
  });

  it('does not ask how a factor is numbered', async () => {
    const fixed = deterministicFixture();
    const renumbered = { ...fixed.factors, data: fixed.factors.data.map((value) => 1000 * value ** 3) };
    const { value, details } = await mig().measure({ ...fixed, factors: renumbered });
    expect(value).toBeCloseTo(0.6930343596, 9);
    expect(details.ceiling).toBeCloseTo(1, 12);
  });

  it('leaves a factor with a single value out, and says so', async () => {
    const { codes, factors } = deterministicFixture();
    const rows = Array.from({ length: 240 }, (_, row) => [
      factors.data[2 * row] as number,
      3,
      factors.data[2 * row + 1] as number,
    ]);
    const { value, details } = await mig().measure({ codes, factors: featureMatrix(rows) });
    expect(value).toBeCloseTo(0.6930343596, 9);
    expect(details.factors).toEqual([0, 2]);
    expect(details.notes).toEqual(['Left out, with a single value: factor 1.']);
  });

  it('refuses a single code, factors of which none varies, and bad bins, by name', async () => {
    const factors = featureMatrix([[0], [1], [1]]);
    const one = { codes: featureMatrix([[1], [2], [3]]), factors };
    await expect(mig().measure(one)).rejects.toThrow(/codes must be two at least/);
    const codes = featureMatrix([
      [1, 2],
      [2, 1],
      [3, 3],
    ]);
    const still = { codes, factors: featureMatrix([[4], [4], [4]]) };
    await expect(mig().measure(still)).rejects.toThrow(/factors must be one at least with two values/);
    expect(() => mig({ bins: 1 })).toThrow(InvalidOptionError);
    expect(() => migOverCeiling({ bins: 2.5 })).toThrow(InvalidOptionError);
    const huge = { codes: { ...codes, data: codes.data.map((value) => value * 1e200) }, factors };
    await expect(mig().measure(huge)).rejects.toThrow(/codes\[0, 0\]/);
  });
});

describe('migOfMatrix', () => {
  it('averages gaps as shares of entropies', () => {
    const information = featureMatrix([
      [0.7, 0.1],
      [0.2, 0.6],
      [0.1, 0.3],
    ]);
    expect(migOfMatrix(information, [1, 0.5])).toBeCloseTo((0.5 / 1 + 0.3 / 0.5) / 2, 12);
    expect(() => migOfMatrix(information, [1])).toThrow(ShapeMismatchError);
    expect(() => migOfMatrix(information, [1, 0])).toThrow(InvalidOptionError);
  });
});
