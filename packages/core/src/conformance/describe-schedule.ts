import { describe, expect, it } from 'vitest';
import type { Schedule } from '../optimizer/schedules/schedule';

/**
 * What every schedule has to hold, as a vitest suite.
 *
 * @example
 * describeSchedule('a cosine after a warm-up', () => warmUp(0.05, cosineSchedule()));
 */
export function describeSchedule(name: string, makeSchedule: () => Schedule): void {
  const factors = (schedule: Schedule, steps: number) =>
    Array.from({ length: steps }, (_, step) => schedule(step / steps, steps));

  describe(`${name} as a schedule`, () => {
    it.each([1, 2, 7, 1000])(
      'gives each of %d steps a finite factor from 0, and one of them more',
      (steps) => {
        const found = factors(makeSchedule(), steps);
        for (const factor of found) {
          expect(Number.isFinite(factor)).toBe(true);
          expect(factor).toBeGreaterThanOrEqual(0);
        }
        expect(Math.max(...found)).toBeGreaterThan(0);
      },
    );

    it('says the same of a step, whatever it was asked before, as a run needs that goes on', () => {
      const schedule = makeSchedule();
      const straight = factors(schedule, 20);
      factors(schedule, 7);
      const backwards = straight.map((_, index) => schedule((19 - index) / 20, 20)).reverse();
      expect(backwards).toEqual(straight);
      expect(factors(makeSchedule(), 20)).toEqual(straight);
    });
  });
}
