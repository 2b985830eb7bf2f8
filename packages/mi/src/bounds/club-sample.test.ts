import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import type { RunningSurrogate } from '../estimator';
import { valueAt } from '../testing/evaluate';
import { scoreFixture } from '../testing/score-fixture';
import { club } from './club';
import { clubSample } from './club-sample';

/** `ℓ[i, j]` from which the value tells the shift: `((j − i) mod B)` of the pair, negated. */
const shiftTable = (batch: number) =>
  Array.from({ length: batch }, (_, i) =>
    Array.from({ length: batch }, (_, j) => -((j - i + batch) % batch)),
  );

async function shifts(batch: number, steps: number, seed: number): Promise<number[]> {
  const running = clubSample({ seed }).start?.() as RunningSurrogate;
  const seen: number[] = [];
  for (let step = 0; step < steps; step++) {
    seen.push(Math.round(await valueAt(running.surrogate, shiftTable(batch))));
  }
  running.dispose();
  return seen;
}

describe.each(['cpu', 'wasm'])('clubSample on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCriticEstimator('clubSample', clubSample({ seed: 3 }), { exchangeable: false });

  it('shifts by each of 1 … B − 1 about equally often, and never by 0', async () => {
    const seen = await shifts(5, 80, 1);
    const counts = [0, 1, 2, 3, 4].map((shift) => seen.filter((other) => other === shift).length);
    expect(counts[0]).toBe(0);
    for (const count of counts.slice(1)) expect(Math.abs(count - 20)).toBeLessThanOrEqual(2);
    expect(new Set(await shifts(2, 5, 1))).toEqual(new Set([1]));
  });

  it('depends on its seed alone', async () => {
    expect(await shifts(50, 4, 2)).toEqual(await shifts(50, 4, 2));
    expect(await shifts(50, 4, 2)).not.toEqual(await shifts(50, 4, 3));
  });

  it('averages to CLUB off the diagonal', async () => {
    const running = clubSample().start?.() as RunningSurrogate;
    let total = 0;
    for (let step = 0; step < 144; step++) total += await valueAt(running.surrogate, scoreFixture(4));
    running.dispose();
    const expected = await valueAt(club({ pairs: 'off-diagonal' }).value, scoreFixture(4));
    // A shift's share of 144 steps is off by 2 at most; a shift's mean differs by 3 nats at most.
    expect(Math.abs(total / 144 - expected)).toBeLessThan(0.05);
  });

  it('is the mean over one shifted y for each x', async () => {
    const scores = scoreFixture(2);
    const [first, second] = scores as [number[], number[]];
    const joint = ((first[0] as number) + (second[1] as number)) / 2;
    const shifted = ((first[1] as number) + (second[0] as number)) / 2;
    expectCloseArrays([await valueAt(clubSample().value, scores)], [joint - shifted]);
  });
});
