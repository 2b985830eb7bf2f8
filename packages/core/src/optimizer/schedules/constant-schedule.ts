import type { Schedule } from './schedule';

/** 1 from beginning to end. */
export function constantSchedule(): Schedule {
  return () => 1;
}
