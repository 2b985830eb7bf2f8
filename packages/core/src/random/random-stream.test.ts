import { InvalidOptionError } from '@factornet/spec';
import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RandomStream, randomStream } from './random-stream';

function draw<T>(length: number, next: () => T): T[] {
  return Array.from({ length }, next);
}

function moments(values: ArrayLike<number>) {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const central = (power: number) =>
    all.reduce((sum, value) => sum + (value - mean) ** power, 0) / all.length;
  return {
    mean,
    variance: central(2),
    skewness: central(3) / central(2) ** 1.5,
    kurtosis: central(4) / central(2) ** 2,
  };
}

describe('randomStream', () => {
  it('gives the numbers it has always given', () => {
    // Datasets and initial weights follow from these; changing them is a breaking change.
    const stream = randomStream(42, 'golden', 1);
    expect(draw(4, stream.uniform)).toMatchInlineSnapshot(`
      [
        0.02234746958129108,
        0.4888683585450053,
        0.4693212097045034,
        0.7965359047520906,
      ]
    `);
    expect(draw(8, () => stream.integer(1000))).toMatchInlineSnapshot(`
      [
        807,
        108,
        877,
        236,
        911,
        401,
        145,
        263,
      ]
    `);
    expect([...stream.permutation(10)]).toMatchInlineSnapshot(`
      [
        5,
        8,
        7,
        2,
        4,
        6,
        9,
        3,
        0,
        1,
      ]
    `);
    expect([...stream.normals(4)]).toMatchInlineSnapshot(`
      [
        0.6361242532730103,
        0.5218197107315063,
        -1.415374517440796,
        0.4496460258960724,
      ]
    `);
  });

  it('repeats itself for one seed and path of keys', () => {
    const read = (stream: RandomStream) => [
      stream.uniform(),
      stream.integer(99),
      stream.normal(),
      ...stream.permutation(7),
    ];
    expect(read(randomStream(3, 'a', 1))).toEqual(read(randomStream(3, 'a', 1)));
    expect(read(randomStream(3, 'a/b'))).toEqual(read(randomStream(3, 'a', 'b')));
  });

  it('gives other numbers for another seed, key or order of keys', () => {
    const streams = [
      randomStream(1),
      randomStream(2),
      randomStream(-1),
      randomStream(0.5),
      randomStream(1, 'a'),
      randomStream(1, 'b'),
      randomStream(1, 'a', 'b'),
      randomStream(1, 'b', 'a'),
      randomStream(1, 'a', 0),
    ];
    expect(new Set(streams.map((stream) => draw(4, stream.uniform).join())).size).toBe(streams.length);
  });

  it('gives streams of neighbouring keys that do not correlate', () => {
    const [first, second] = [randomStream(1, 'step', 1), randomStream(1, 'step', 2)];
    const length = 20_000;
    const products = draw(length, () => (first.uniform() - 0.5) * (second.uniform() - 0.5));
    // Each product has variance 1/144.
    expect(Math.abs(moments(products).mean)).toBeLessThan(4 / 12 / Math.sqrt(length));
    // The first number of many streams is as uniform as the numbers of one stream.
    const firsts = draw(length, () => 0).map((_, step) => randomStream(1, 'step', step).uniform());
    expect(Math.abs(moments(firsts).mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * length));
    expect(moments(firsts).variance).toBeCloseTo(1 / 12, 2);
  });

  it('refuses a seed that is no finite number', () => {
    for (const seed of [Number.NaN, Number.POSITIVE_INFINITY, undefined as unknown as number]) {
      expect(() => randomStream(seed)).toThrow(InvalidOptionError);
    }
  });
});

describe('uniform', () => {
  it('fills [0, 1) evenly', () => {
    const stream = randomStream(5, 'uniform');
    const values = draw(100_000, stream.uniform);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    const counts = new Array(20).fill(0);
    for (const value of values) counts[Math.floor(value * 20)]++;
    const chiSquared = counts.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0);
    // 99.99 % of chi-squared with 19 degrees of freedom.
    expect(chiSquared).toBeLessThan(52.4);
  });
});

describe('integer', () => {
  it('stays below its limit and reaches every value about equally often', () => {
    const stream = randomStream(6, 'integer');
    const counts = new Array(7).fill(0);
    for (let index = 0; index < 70_000; index++) counts[stream.integer(7)]++;
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
    expect(stream.integer(1)).toBe(0);
  });

  it('refuses a limit that leaves no integer', () => {
    for (const limit of [0, -1, 2.5, Number.NaN])
      expect(() => randomStream(1).integer(limit)).toThrow(InvalidOptionError);
  });
});

describe('permutation', () => {
  it('holds every position once, whatever seed and length', () => {
    assert(
      property(integer(), integer({ min: 0, max: 300 }), (seed, length) => {
        const sorted = randomStream(seed).permutation(length).toSorted();
        expect([...sorted]).toEqual([...Array(length).keys()]);
      }),
    );
  });

  it('gives all six orders of three about equally often', () => {
    const stream = randomStream(8, 'permutation');
    const counts: Record<string, number> = {};
    for (let index = 0; index < 12_000; index++) {
      const order = stream.permutation(3).join('');
      counts[order] = (counts[order] ?? 0) + 1;
    }
    expect(Object.keys(counts)).toHaveLength(6);
    const chiSquared = Object.values(counts).reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chiSquared).toBeLessThan(25.7);
  });
});

describe('normals', () => {
  it('have the moments of the standard normal', () => {
    const length = 100_000;
    const { mean, variance, skewness, kurtosis } = moments(randomStream(9, 'normals').normals(length));
    // Four standard errors each: 1/√n, √(2/n), √(6/n), √(24/n).
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(length));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / length));
    expect(Math.abs(skewness)).toBeLessThan(4 * Math.sqrt(6 / length));
    expect(Math.abs(kurtosis - 3)).toBeLessThan(4 * Math.sqrt(24 / length));
  });

  it('are those that normal() gives one by one', () => {
    const [one, many] = [randomStream(10), randomStream(10)];
    expect(Float32Array.from(draw(5, one.normal))).toEqual(many.normals(5));
  });
});
