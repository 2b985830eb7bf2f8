import { CancelledError, FactornetError, InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import type { Metric, MetricProgress, MetricResult } from '../metric';
import type { Representation } from '../representation';
import { chooseColumns, DEGENERATE, type Degenerate, USUAL } from './degenerate-representations';
import { encodeClean, sampleRepresentation } from './sample-representation';

export interface MetricSuiteOptions {
  /** Examples of the fixed arrays. Default 120. */
  rows?: number;
  /** How far values may be apart when codes come in another order. Default 1e-9; more for a metric that breaks ties at random. */
  orderTolerance?: number;
  /** Whether to measure on a sampler, too, which may be asked for many thousand examples. Default true. */
  sampler?: boolean;
}

/**
 * What every metric has to hold, as a vitest suite: values in range, never NaN; the same for the same seed and whatever
 * the order of codes; cancellable; clear results or typed errors for degenerate codes and factors.
 *
 * @example
 * describeMetric('mig', mig());
 */
export function describeMetric(
  name: string,
  metric: Metric,
  { rows = 120, orderTolerance = 1e-9, sampler = true }: MetricSuiteOptions = {},
): void {
  const fixed = () => sampleRepresentation(rows);

  describe(`${name} as a metric`, () => {
    it('says what it is', () => {
      expect(metric.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(metric.range[0]).toBeLessThan(metric.range[1]);
      expect(['high', 'low']).toContain(metric.better);
      expect(typeof metric.needsFactors).toBe('boolean');
    });

    it('gives a value in its range, with details ready for JSON', async () => {
      const result = await metric.measure(fixed());
      expectResult(metric, result);
      expect(JSON.parse(JSON.stringify(result.details))).toEqual(result.details);
    });

    it('leaves what it measures as it was', async () => {
      const representation = fixed();
      await metric.measure(representation);
      expect(representation).toEqual(fixed());
    });

    it('gives the same for the same seed', async () => {
      const first = await metric.measure(fixed(), { seed: 3 });
      expect(await metric.measure(fixed(), { seed: 3 })).toEqual(first);
    });

    it('does not depend on the order of codes', async () => {
      const { codes, factors } = fixed();
      const reversed = chooseColumns(
        codes,
        Array.from({ length: codes.columns }, (_, code) => codes.columns - 1 - code),
      );
      const { value } = await metric.measure({ codes, factors });
      const other = await metric.measure({ codes: reversed, factors });
      expect(Math.abs(other.value - value)).toBeLessThanOrEqual(orderTolerance);
    });

    it('stops when asked to', async () => {
      const signal = AbortSignal.abort();
      await expect(metric.measure(fixed(), { signal })).rejects.toThrow(CancelledError);
    });

    it('tells progress up to the end, if at all', async () => {
      const events: MetricProgress[] = [];
      await metric.measure(fixed(), { onProgress: (progress) => events.push(progress) });
      for (const [index, event] of events.entries()) {
        expect(event.metric).toBe(metric.name);
        expect(event.done).toBeGreaterThan(events[index - 1]?.done ?? -1);
        expect(event.done).toBeLessThanOrEqual(event.total);
        expect(event.secondsLeft).toBeGreaterThanOrEqual(0);
      }
      const last = events.at(-1);
      expect(last?.done).toBe(last?.total);
    });

    it.each(Object.keys(DEGENERATE))('gives a result, or a typed error, for %s', async (edge) => {
      const representation = (DEGENERATE[edge] as Degenerate)(fixed());
      try {
        expectResult(metric, await metric.measure(representation));
      } catch (error) {
        if (!FactornetError.isInstance(error)) throw error;
      }
    });

    it.each(Object.keys(USUAL))('gives a result for %s', async (edge) => {
      expectResult(metric, await metric.measure((USUAL[edge] as Degenerate)(fixed())));
    });

    it('refuses codes that are not finite', async () => {
      const { codes, factors } = fixed();
      const data = Float64Array.from(codes.data);
      data[5] = Number.NaN;
      await expect(metric.measure({ codes: { ...codes, data }, factors })).rejects.toThrow(
        InvalidOptionError,
      );
    });

    if (metric.needsFactors) {
      it('refuses factors that are no whole numbers from 0', async () => {
        const { codes, factors } = fixed();
        for (const wrong of [-1, 0.5, Number.NaN]) {
          const data = Float64Array.from(factors.data);
          data[3] = wrong;
          const representation = { codes, factors: { ...factors, data } };
          await expect(metric.measure(representation)).rejects.toThrow(FactornetError);
        }
      });
    }

    if (sampler) {
      it('measures on a sampler, the same for the same seed', async () => {
        const draw = (): Representation => ({ factorSizes: [3, 4], encode: encodeClean });
        const first = await metric.measure(draw(), { seed: 1 });
        expectResult(metric, first);
        expect(await metric.measure(draw(), { seed: 1 })).toEqual(first);
      });
    }
  });
}

function expectResult(metric: Metric, { metric: name, value, details }: MetricResult): void {
  expect(name).toBe(metric.name);
  expect(value).toBeGreaterThanOrEqual(metric.range[0]);
  expect(value).toBeLessThanOrEqual(metric.range[1]);
  expectNoNaN(details);
  for (const note of details.notes ?? []) expect(note).not.toBe('');
}

function expectNoNaN(value: unknown): void {
  if (typeof value === 'number') expect(value).not.toBeNaN();
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(expectNoNaN);
}
