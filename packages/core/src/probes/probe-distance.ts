import type { ProbeTolerance } from '@factornet/spec';

type Numbers = ArrayLike<number>;

/**
 * How far one backend's values are from the golden ones: `max |received − expected| / max(1, max |expected|)`.
 * NaN, infinite values and another number of values count as infinitely far.
 */
export function probeDeviation(expected: Numbers, received: Numbers): number {
  let [largest, scale] = [0, 1];
  for (let index = 0; index < expected.length; index++) {
    const value = expected[index] as number;
    const distance = Math.abs((received[index] as number) - value);
    if (!Number.isFinite(distance)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, distance);
    scale = Math.max(scale, Math.abs(value));
  }
  return expected.length === received.length ? largest / scale : Number.POSITIVE_INFINITY;
}

/**
 * How far what a network offers moved, the largest over the pictures and over z and each map: `max_i ‖received_i − expected_i‖₂ / ‖expected_i‖₂`.
 * 0 where both are 0; NaN counts as infinitely far.
 *
 * @param lengths values per picture: of z, and of each map, which count one by one
 */
export function relativeDrift(expected: Numbers, received: Numbers, lengths: readonly number[]): number {
  if (expected.length !== received.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let start = 0, part = 0; start < expected.length; part = (part + 1) % lengths.length) {
    const end = start + (lengths[part] as number);
    let [distance, norm] = [0, 0];
    for (; start < end; start++) {
      distance += ((received[start] as number) - (expected[start] as number)) ** 2;
      norm += (expected[start] as number) ** 2;
    }
    const drift = distance === 0 ? 0 : Math.sqrt(distance / norm);
    if (!(drift <= largest)) largest = Number.isNaN(drift) ? Number.POSITIVE_INFINITY : drift;
  }
  return largest;
}

/** What a manifest tolerates on a backend. */
export function toleranceOn(backend: string, tolerance: Readonly<ProbeTolerance>): number {
  return Object.hasOwn(tolerance, backend) ? tolerance[backend as keyof ProbeTolerance] : tolerance.other;
}
