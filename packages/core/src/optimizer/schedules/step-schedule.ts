import { type Schedule, type Stretch, shareOf } from './schedule';

export interface StepScheduleOptions {
  /** How much of training comes before each step down. */
  at: readonly Stretch[];
  /** Default 0.1. */
  factor?: number;
}

/**
 * Falls by `factor` at each of some places: `factor ^ |{a ∈ at : a ≤ progress}|`.
 *
 * @example
 * stepSchedule({ at: [0.5, 0.75] }); // 1, then 0.1, then 0.01
 */
export function stepSchedule({ at, factor = 0.1 }: StepScheduleOptions): Schedule {
  return (progress, totalSteps) => {
    // Quotients of steps are rounded: a place that falls on a step is passed at that step.
    const passed = at.filter((stretch) => shareOf(stretch, totalSteps) <= progress + 1e-9);
    return factor ** passed.length;
  };
}
