import type { Schedule } from './schedule';

/**
 * Falls from 1 to `to` as half a cosine: `to + (1 − to) · (1 + cos(π · progress)) / 2`.
 *
 * Source: Loshchilov, Hutter, arXiv 1608.03983, without restarts.
 */
export function cosineSchedule({ to = 0 }: { to?: number } = {}): Schedule {
  return (progress) => to + (1 - to) * (0.5 * (1 + Math.cos(Math.PI * progress)));
}
