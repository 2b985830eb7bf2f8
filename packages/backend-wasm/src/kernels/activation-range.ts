import { UNLIMITED } from '../module/convolve';

/** Activations that are a range of values. */
const ranges: Readonly<Record<string, { low: number; high: number }>> = {
  linear: UNLIMITED,
  relu: { low: 0, high: Number.POSITIVE_INFINITY },
  relu6: { low: 0, high: 6 },
};

/** The range that an activation limits values to; undefined where it is another function. None is `linear`. */
export function activationRange(activation: unknown): { low: number; high: number } | undefined {
  return ranges[String(activation ?? 'linear')];
}
