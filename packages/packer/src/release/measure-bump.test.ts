import type { Compatibility } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { type Comparison, measureBump } from './measure-bump';

const previous = (
  representations: Compatibility['representations'] = [],
  tolerance = 0.02,
): Comparison['previous'] => ({
  version: '1.4.0',
  manifest: { representation: 'before', compatibility: { tolerance, representations } },
});

describe('measureBump', () => {
  it('calls the same representation a patch, and hands the lineage on', () => {
    const lineage = [
      { representation: 'older', version: '1.0.0', drift: 0.012 },
      { representation: 'unpublished', drift: 0.001 },
    ];
    expect(measureBump({ previous: previous(lineage), representation: 'before', drift: 0 })).toEqual({
      measured: 'patch',
      drift: 0,
      accumulatedDrift: 0.012,
      tolerance: 0.02,
      lineage,
    });
  });

  it('calls features within tolerance a minor release, and adds drifts up over the lineage', () => {
    const { measured, accumulatedDrift, lineage } = measureBump({
      previous: previous([{ representation: 'older', version: '1.0.0', drift: 0.008 }]),
      representation: 'now',
      drift: 0.01,
    });
    expect(measured).toBe('minor');
    // ‖z″ − z‖ ≤ ‖z″ − z′‖ + ‖z′ − z‖ ≤ 0.01·‖z′‖ + 0.008·‖z‖ ≤ (0.01·1.008 + 0.008)·‖z‖
    expect(accumulatedDrift).toBeCloseTo(0.01808, 12);
    expect(lineage).toEqual([
      { representation: 'before', version: '1.4.0', drift: 0.01 },
      { representation: 'older', version: '1.0.0', drift: accumulatedDrift },
    ]);
  });

  it('takes the tolerance itself as within tolerance', () => {
    const comparison = { previous: previous(), representation: 'now' };
    expect(measureBump({ ...comparison, drift: 0.02 }).measured).toBe('minor');
    expect(measureBump({ ...comparison, drift: 0.0200001 }).measured).toBe('major');
  });

  it('calls steps that add up beyond the tolerance a major release, though each is within', () => {
    const result = measureBump({
      previous: previous([{ representation: 'older', version: '1.0.0', drift: 0.015 }]),
      representation: 'now',
      drift: 0.01,
    });
    expect(result).toMatchObject({ measured: 'major', drift: 0.01, lineage: [] });
    expect(result.accumulatedDrift).toBeCloseTo(0.02515, 12);
  });

  it('keeps of an earlier major nothing, of narrowing the source', () => {
    const source = { representation: 'float32', drift: 0.0003 };
    const older = [{ representation: 'older', version: '1.0.0', drift: 0.001 }];
    const request = { previous: previous(older), representation: 'now', source };
    expect(measureBump({ ...request, drift: Number.POSITIVE_INFINITY })).toMatchObject({
      measured: 'major',
      accumulatedDrift: Number.POSITIVE_INFINITY,
      lineage: [source],
    });
    expect(measureBump({ ...request, drift: 0.001 }).lineage).toContainEqual(source);
  });

  it('prefers what was measured to what was added up', () => {
    // The release before was the float16 of a network whose uint8 comes now: its drift from float32 is known directly.
    const { lineage } = measureBump({
      previous: previous([{ representation: 'float32', drift: 0.0004 }]),
      representation: 'uint8',
      drift: 0.01,
      source: { representation: 'float32', drift: 0.0099 },
    });
    expect(lineage).toEqual([
      { representation: 'before', version: '1.4.0', drift: 0.01 },
      { representation: 'float32', drift: 0.0099 },
    ]);
  });

  it('lists no network as standing in for itself', () => {
    const { measured, lineage } = measureBump({
      previous: previous([{ representation: 'now', version: '1.3.0', drift: 0.004 }]),
      representation: 'now',
      drift: 0.004,
    });
    expect(measured).toBe('minor');
    expect(lineage.map(({ representation }) => representation)).toEqual(['before']);
  });

  it('calls equal weights that are fed otherwise a major release', () => {
    const drift = Number.POSITIVE_INFINITY;
    expect(measureBump({ previous: previous(), representation: 'before', drift }).measured).toBe('major');
  });
});
