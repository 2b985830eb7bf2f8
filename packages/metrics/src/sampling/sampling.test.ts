import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { drawRepresentation } from './draw-representation';
import { fixedFactorSource } from './fixed-factor-source';

const identity = { factorSizes: [3, 1, 4], encode: (factors: FeatureMatrix) => factors };
const fixed = {
  codes: featureMatrix(Array.from({ length: 30 }, (_, row) => [row, -row])),
  factors: featureMatrix(Array.from({ length: 30 }, (_, row) => [row % 3, row % 5, 0, row])),
};

describe('drawRepresentation', () => {
  it('deals fixed rows out, each once, by the seed', async () => {
    const { train, test } = await drawRepresentation(fixed, { train: 2, test: 1, seed: 1 });
    expect([train.codes.rows, test.codes.rows]).toEqual([20, 10]);
    const column = (matrix: FeatureMatrix) => [...matrix.data].filter((_, at) => at % 2 === 0);
    const seen = [...column(train.codes), ...column(test.codes)];
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, row) => row));
    expect(train.factors.data[3]).toBe(train.codes.data[0]);
    const again = await drawRepresentation(fixed, { train: 2, test: 1, seed: 1 });
    expect(again).toEqual({ train, test });
    const other = await drawRepresentation(fixed, { train: 2, test: 1, seed: 2 });
    expect(other.train.codes.data).not.toEqual(train.codes.data);
  });

  it('keeps all rows in order without a test', async () => {
    const { train, test } = await drawRepresentation(fixed, { train: 5, test: 0, seed: 1 });
    expect(train).toEqual(fixed);
    expect(test.codes).toMatchObject({ rows: 0, columns: 2 });
  });

  it('draws factors uniformly and independently, encoded in parts', async () => {
    const sizes: number[] = [];
    const encode = (factors: FeatureMatrix) => {
      sizes.push(factors.rows);
      return factors;
    };
    const { train, test } = await drawRepresentation(
      { ...identity, encode },
      { train: 3000, test: 10, seed: 4 },
    );
    expect(sizes).toEqual([1024, 1024, 952, 10]);
    expect(train.codes.data).toEqual(train.factors.data);
    expect(test.codes.rows).toBe(10);
    const cells = new Map<string, number>();
    for (let row = 0; row < 3000; row++) {
      const cell = train.factors.data.subarray(row * 3, row * 3 + 3).join();
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
    expect(cells.size).toBe(12);
    for (const count of cells.values()) expect(Math.abs(count - 250)).toBeLessThan(4 * Math.sqrt(250));
  });

  it('names what is wrong', async () => {
    const request = { train: 2, test: 1, seed: 0 };
    const { codes, factors } = fixed;
    const draw = (representation: Parameters<typeof drawRepresentation>[0]) =>
      drawRepresentation(representation, request);
    await expect(draw({ codes: featureMatrix([[1]]), factors })).rejects.toThrow(ShapeMismatchError);
    await expect(
      draw({ codes, factors: { ...factors, columns: 0, data: new Float64Array(0) } }),
    ).rejects.toThrow(InvalidOptionError);
    const half = { ...factors, data: factors.data.map((value) => value / 2) };
    await expect(draw({ codes, factors: half })).rejects.toThrow(/factors\[1, 0\]/);
    await expect(draw({ codes: featureMatrix([[1]]), factors: featureMatrix([[1]]) })).rejects.toThrow(
      /to split/,
    );
    await expect(draw({ ...identity, factorSizes: [2, 0] })).rejects.toThrow(/factorSizes\[1\]/);
    await expect(draw({ ...identity, factorSizes: [] })).rejects.toThrow(/factorSizes/);
    await expect(draw({ ...identity, encode: () => featureMatrix([[1]]) })).rejects.toThrow(
      ShapeMismatchError,
    );
    const broken = ({ rows }: FeatureMatrix) => ({
      rows,
      columns: 1,
      data: new Float64Array(rows).fill(Number.NaN),
    });
    await expect(draw({ ...identity, encode: broken })).rejects.toThrow(InvalidOptionError);
  });
});

describe('fixedFactorSource', () => {
  const held = Int32Array.of(0, 2, 2, 0, 2);

  it('holds a factor of a sampler fixed within a batch, not the others', async () => {
    const source = fixedFactorSource(identity);
    expect(source.factors).toEqual([0, 2]);
    expect(source.notes).toEqual(['Left out, with a single value: factor 1.']);
    const { data } = await source.drawBatches(held, 40, randomStream(1));
    for (const [batch, factor] of held.entries()) {
      const values = [0, 2].map((column) => {
        return new Set(Array.from({ length: 40 }, (_, row) => data[(batch * 40 + row) * 3 + column])).size;
      });
      expect(values).toEqual(factor === 0 ? [1, 4] : [3, 1]);
    }
  });

  it('draws rows of fixed arrays that share a value, leaving out values that one row has', async () => {
    const source = fixedFactorSource(fixed);
    expect(source.factors).toEqual([0, 1]);
    expect(source.notes[0]).toMatch(/factors 2, 3/);
    const { data } = await source.drawBatches([0, 1], 12, randomStream(1));
    const modulo = (from: number, by: number) => {
      return new Set(Array.from({ length: 12 }, (_, row) => (data[(from + row) * 2] as number) % by)).size;
    };
    expect([modulo(0, 3), modulo(12, 5)]).toEqual([1, 1]);
    expect(modulo(0, 5)).toBeGreaterThan(2);
  });

  it('draws pairs that agree in one factor, of fixed arrays never a row with itself', async () => {
    const [left, right] = await fixedFactorSource(fixed).drawPairs(
      new Int32Array(200).fill(1),
      randomStream(3),
    );
    const [first, second] = await fixedFactorSource(identity).drawPairs(held, randomStream(3));
    for (let row = 0; row < 200; row++) {
      const [a, b] = [left.data[row * 2] as number, right.data[row * 2] as number];
      expect(a % 5).toBe(b % 5);
      expect(a).not.toBe(b);
    }
    for (const [row, factor] of held.entries()) {
      expect(first.data[row * 3 + factor]).toBe(second.data[row * 3 + factor]);
    }
  });

  it('refuses what has fewer than two factors to hold fixed', () => {
    expect(() => fixedFactorSource({ ...identity, factorSizes: [1, 5, 1] })).toThrow(InvalidOptionError);
  });
});
