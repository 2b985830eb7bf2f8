import type { Schedule } from './schedule';

/** Falls from 1 to `to` in a straight line: `1 − (1 − to) · progress`. */
export function linearSchedule({ to = 0 }: { to?: number } = {}): Schedule {
  return (progress) => 1 - (1 - to) * progress;
}
