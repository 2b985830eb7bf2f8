import { describe, expect, it } from 'vitest';
import { describeSchedule } from '../../conformance/describe-schedule';
import { constantSchedule } from './constant-schedule';
import { cosineSchedule } from './cosine-schedule';
import { linearSchedule } from './linear-schedule';
import type { Schedule } from './schedule';
import { stepSchedule } from './step-schedule';
import { warmUp } from './warm-up';

const places = { at: [0.3, 0.7], factor: 0.3 };
const stepsToFall = { at: [{ steps: 3 }, { steps: 6 }], factor: 0.3 };

describe('a cosine after a warm-up', () => {
  const schedule = warmUp(0.05, cosineSchedule());

  it('rises linearly over the first twentieth, from a little above 0', () => {
    expect(schedule(0, 100)).toBeCloseTo(0.001 / 0.051, 12);
    expect(schedule(0.025, 100)).toBeCloseTo(0.026 / 0.051, 12);
    expect(schedule(0.05, 100)).toBe(1);
    const rise = [0, 0.01, 0.02, 0.03, 0.04].map((progress) => schedule(progress, 100));
    expect(rise).toEqual([...rise].sort((one, other) => one - other));
  });

  it('falls as half a cosine to zero', () => {
    // A quarter, half and three quarters of the way down.
    expect(schedule(0.05 + 0.95 / 4, 100)).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12);
    expect(schedule(0.05 + 0.95 / 2, 100)).toBeCloseTo(0.5, 12);
    expect(schedule(0.05 + (0.95 * 3) / 4, 100)).toBeCloseTo((1 - Math.SQRT1_2) / 2, 12);
    expect(schedule(1, 100)).toBeCloseTo(0, 12);
  });
});

describe('warmUp', () => {
  it('takes a share or a number of steps', () => {
    for (const progress of [0, 0.25, 0.5, 0.75, 1]) {
      expect(warmUp({ steps: 40 }, cosineSchedule())(progress, 80)).toBe(
        warmUp(0.5, cosineSchedule())(progress, 80),
      );
    }
    expect(warmUp(0, cosineSchedule())(0, 10)).toBe(1);
  });

  it('rises to where the rest begins, and for all of a training that is shorter', () => {
    expect(warmUp(0.5, () => 0.4)(0.25, 10)).toBeCloseTo((0.251 / 0.501) * 0.4, 12);
    expect(warmUp({ steps: 20 }, constantSchedule())(0.9, 10)).toBeCloseTo(0.901 / 1.001, 12);
  });

  it('goes around another', () => {
    const twice = warmUp(0.2, warmUp({ steps: 4 }, constantSchedule()));
    expect([0.2, 0.4, 0.6, 0.9].map((progress) => twice(progress, 10))).toEqual([
      expect.closeTo(0.001 / 0.501, 12),
      expect.closeTo(0.251 / 0.501, 12),
      expect.closeTo(1, 12),
      1,
    ]);
  });
});

/*
 * What PyTorch 1.13.1 makes of it in 10 steps, with `W = LinearLR(o, start_factor=1e-3 / 0.201, total_iters=2)`: the
 * learning rate of an optimizer `o` at 1, before each `o.step(); s.step()`.
 */
const goldens: [string, Schedule, number[]][] = [
  [
    'CosineAnnealingLR(o, T_max=10, eta_min=0.1)',
    cosineSchedule({ to: 0.1 }),
    [
      1, 0.977975432, 0.914057647, 0.814503364, 0.689057647, 0.55, 0.410942353, 0.285496636, 0.185942353,
      0.122024568,
    ],
  ],
  [
    'MultiStepLR(o, [3, 7], gamma=0.3)',
    stepSchedule(places),
    [1, 1, 1, 0.3, 0.3, 0.3, 0.3, 0.09, 0.09, 0.09],
  ],
  [
    'LinearLR(o, start_factor=1, end_factor=0.2, total_iters=10)',
    linearSchedule({ to: 0.2 }),
    [1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.44, 0.36, 0.28],
  ],
  [
    'SequentialLR(o, [W, CosineAnnealingLR(o, T_max=8)], milestones=[2])',
    warmUp(0.2, cosineSchedule()),
    [
      0.004975124, 0.502487562, 1, 0.961939766, 0.853553391, 0.691341716, 0.5, 0.308658284, 0.146446609,
      0.038060234,
    ],
  ],
  [
    'SequentialLR(o, [W, MultiStepLR(o, [3, 6], gamma=0.3)], milestones=[2])',
    warmUp({ steps: 2 }, stepSchedule(stepsToFall)),
    [0.004975124, 0.502487562, 1, 1, 1, 0.3, 0.3, 0.3, 0.09, 0.09],
  ],
];

describe.each(goldens)('%s of PyTorch', (_name, schedule, expected) => {
  it('gives these factors', () => {
    for (const [step, factor] of expected.entries()) expect(schedule(step / 10, 10)).toBeCloseTo(factor, 8);
  });
});

describeSchedule('constant', constantSchedule);
describeSchedule('cosine', cosineSchedule);
describeSchedule('linear', linearSchedule);
describeSchedule('steps', () => stepSchedule(places));
describeSchedule('steps after a warm-up', () => warmUp(0.1, stepSchedule(stepsToFall)));
describeSchedule('cosine after a warm-up', () => warmUp({ steps: 500 }, cosineSchedule()));
