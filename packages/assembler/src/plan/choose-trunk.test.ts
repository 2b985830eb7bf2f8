import { describe, expect, it } from 'vitest';
import { ckn, digest, factor, standingInFor } from './fixtures';
import { planAssembly } from './plan-assembly';

/** Releases of one network; each stands in for the feature space `a`, this far away. */
const release = (version: string, drift: number) =>
  standingInFor(ckn(version, '@scope/ckn', digest(version.replaceAll('.', ''))), [
    { representation: digest('a'), drift },
  ]);
const trunkOf = (...common: ReturnType<typeof ckn>[]) =>
  planAssembly({ common, factors: [factor('shape')], multipleTrunks: true }).factors[0]?.trunk;

describe('the common-knowledge network of a factor', () => {
  it('is the nearest, wherever it stands', () => {
    expect(trunkOf(release('1.1.0', 0.01), release('1.2.0', 0.001), release('1.3.0', 0.005))).toBe(1);
    expect(trunkOf(release('1.1.0', 0.001), release('1.2.0', 0.01))).toBe(0);
    // Its own, whatever stands in for that.
    expect(trunkOf(release('1.1.0', 0.001), ckn('1.2.0'))).toBe(1);
  });

  it('is the first of those that are equally near', () => {
    expect(trunkOf(release('1.1.0', 0.01), release('1.2.0', 0.001), release('1.3.0', 0.001))).toBe(1);
    expect(trunkOf(release('1.1.0', 0.001), release('1.2.0', 0.001))).toBe(0);
    expect(trunkOf(ckn('1.2.0'), ckn('1.3.0'))).toBe(0);
    expect(trunkOf(release('1.1.0', 0), ckn('1.2.0'))).toBe(0);
  });

  it('is none of those that do not fit', () => {
    expect(trunkOf(release('2.0.0', 0), release('1.2.0', 0.01))).toBe(1);
    expect(trunkOf(ckn('1.0.0', '@scope/ckn', digest('z')))).toBeUndefined();
  });
});

describe('the tasks of a plan', () => {
  it('has a task once that two factors solve, and still lists both factors and the conflict', () => {
    const plan = planAssembly({ common: ckn(), factors: [factor('shape'), factor('hue'), factor('shape')] });
    expect(plan.tasks).toEqual(['shape', 'hue']);
    expect(plan.factors.map(({ task }) => task)).toEqual(['shape', 'hue', 'shape']);
    expect(plan.conflicts.map(({ kind }) => kind)).toEqual(['duplicate-task']);
  });
});
