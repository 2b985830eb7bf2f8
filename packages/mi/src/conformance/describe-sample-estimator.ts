import { type FeatureMatrix, selectRows } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { describe, expect, it } from 'vitest';
import type { PairedSamples, SampleEstimator } from '../estimator';

export interface SampleSuiteOptions {
  /** Pairs that the estimator is made for; default 300 of correlated normals, one column each. */
  readonly samples?: PairedSamples;
}

/**
 * What every estimator on arrays of x and y has to hold, as a vitest suite.
 *
 * @example
 * describeSampleEstimator('ksg', ksg({ k: 3 }));
 */
export function describeSampleEstimator(
  name: string,
  estimator: SampleEstimator,
  { samples = correlatedPairs() }: SampleSuiteOptions = {},
): void {
  const { rows } = samples.x;
  const take = ({ x, y }: PairedSamples, order: ArrayLike<number>): PairedSamples => ({
    x: selectRows(x, order),
    y: selectRows(y, order),
  });
  /** The same pairs, with x and y no longer of one row. */
  const unpaired = (): PairedSamples => ({
    x: samples.x,
    y: selectRows(samples.y, randomStream(2, 'unpaired').permutation(rows)),
  });

  describe(`${name} as an estimator on samples`, () => {
    it('says what it is', () => {
      expect(estimator.name).not.toBe('');
      expect(estimator.requires).toBe('samples');
      expect(['lower', 'upper', 'neither']).toContain(estimator.direction);
    });

    it('gives one finite number, the same every time, and leaves its input as it was', () => {
      const copy = structuredClone(samples);
      const nats = estimator.value(samples);
      expect(nats).toSatisfy(Number.isFinite);
      expect(estimator.value(samples)).toBe(nats);
      expect(samples).toEqual(copy);
    });

    it('does not depend on the order of the pairs', () => {
      const shuffled = take(samples, randomStream(1, 'order').permutation(rows));
      expect(estimator.value(shuffled)).toBeCloseTo(estimator.value(samples), 9);
    });

    it('does not depend on which variable is called x', () => {
      const { x, y } = samples;
      expect(estimator.value({ x: y, y: x })).toBeCloseTo(estimator.value(samples), 9);
    });

    it('takes 32-bit numbers', () => {
      const short = ({ data, ...shape }: FeatureMatrix) => ({ ...shape, data: Float32Array.from(data) });
      const { x, y } = samples;
      const [narrow, wide] = [{ x: short(x), y: short(y) }, samples].map(estimator.value) as [number, number];
      expect(Math.abs(narrow - wide)).toBeLessThan(0.05);
    });

    it('reads less where pairs are torn apart', () => {
      expect(estimator.value(unpaired())).toBeLessThan(estimator.value(samples));
    });

    it('stays within its cap', () => {
      const cap = estimator.cap?.(rows) ?? Number.POSITIVE_INFINITY;
      for (const each of [samples, { x: samples.x, y: samples.x }, unpaired()]) {
        const nats = valueOrRefusal(() => estimator.value(each));
        if (nats !== undefined) expect(nats).toBeLessThanOrEqual(cap + 1e-9);
      }
    });

    it('reads 0 nats, or refuses, where a variable does not vary', () => {
      const constant = { ...samples.x, data: new Float64Array(samples.x.data.length).fill(1) };
      const nats = valueOrRefusal(() => estimator.value({ x: constant, y: samples.y }));
      expect(Math.abs(nats ?? 0)).toBeLessThan(1e-9);
    });

    it('refuses x and y of different lengths, and numbers that are not finite', () => {
      const { x, y } = samples;
      expect(() => estimator.value({ x, y: selectRows(y, [0, 1, 2]) })).toThrow();
      const broken = { ...y, data: Float64Array.from(y.data).fill(Number.NaN, 3, 4) };
      expect(() => estimator.value({ x, y: broken })).toThrow();
    });
  });
}

/** A number, or `undefined` where the estimator explains in an error why there is none. */
function valueOrRefusal(read: () => number): number | undefined {
  try {
    const nats = read();
    expect(nats).toSatisfy(Number.isFinite);
    return nats;
  } catch (error) {
    expect((error as { code?: unknown }).code, String(error)).toBeTypeOf('string');
    return undefined;
  }
}

function correlatedPairs(): PairedSamples {
  const [rows, correlation] = [300, 0.8];
  const random = randomStream(1, 'pairs');
  const x = Float64Array.from(random.normals(rows));
  const y = x.map((value) => correlation * value + Math.sqrt(1 - correlation ** 2) * random.normal());
  return { x: { rows, columns: 1, data: x }, y: { rows, columns: 1, data: y as Float64Array } };
}
