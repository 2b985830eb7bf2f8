import { describe, expect, it } from 'vitest';
import { constantSchedule, cosineSchedule } from './schedule';

describe('cosineSchedule', () => {
  it('rises linearly over the first twentieth, from a little above 0', () => {
    const schedule = cosineSchedule();
    expect(schedule(0)).toBeCloseTo(0.001 / 0.051, 12);
    expect(schedule(0.025)).toBeCloseTo(0.026 / 0.051, 12);
    expect(schedule(0.05)).toBe(1);
    const rise = [0, 0.01, 0.02, 0.03, 0.04].map(schedule);
    expect(rise).toEqual([...rise].sort((one, other) => one - other));
  });

  it('falls as half a cosine to zero', () => {
    const schedule = cosineSchedule();
    // A quarter, half and three quarters of the way down.
    expect(schedule(0.05 + 0.95 / 4)).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12);
    expect(schedule(0.05 + 0.95 / 2)).toBeCloseTo(0.5, 12);
    expect(schedule(0.05 + (0.95 * 3) / 4)).toBeCloseTo((1 - Math.SQRT1_2) / 2, 12);
    expect(schedule(1)).toBeCloseTo(0, 12);
  });

  it('takes another warm-up, or none', () => {
    expect(cosineSchedule({ warmup: 0.5 })(0.25)).toBeCloseTo(0.251 / 0.501, 12);
    expect(cosineSchedule({ warmup: 0.5 })(0.75)).toBeCloseTo(0.5, 12);
    expect(cosineSchedule({ warmup: 0 })(0)).toBe(1);
    expect(cosineSchedule({ warmup: 0 })(0.5)).toBeCloseTo(0.5, 12);
  });
});

describe('constantSchedule', () => {
  it('is 1 from beginning to end', () => {
    expect([0, 0.03, 0.5, 1].map(constantSchedule())).toEqual([1, 1, 1, 1]);
  });
});
