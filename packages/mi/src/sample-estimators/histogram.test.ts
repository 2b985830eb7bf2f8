import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { fixtureColumns } from '../testing/sample-fixture';
import { histogram } from './histogram';

describe('histogram', () => {
  // NumPy's histogramdd and scikit-learn's mutual_info_score.
  it('agrees with NumPy and scikit-learn', () => {
    const pairs = { x: fixtureColumns('x0'), y: fixtureColumns('y0') };
    expect(histogram().value(pairs)).toBeCloseTo(0.840413087769029, 12);
    expect(histogram({ bins: 8 }).value(pairs)).toBeCloseTo(1.013097934042134, 12);
    const three = { x: fixtureColumns('x0', 'x1'), y: fixtureColumns('y1') };
    expect(histogram({ bins: 4 }).value(three)).toBeCloseTo(0.6979776487998, 12);
  });

  it('has log bins as its cap, where y is x', () => {
    const x = fixtureColumns('x1');
    expect(histogram({ bins: 3 }).value({ x, y: x })).toBeLessThanOrEqual(Math.log(3));
    expect(histogram({ bins: 3 }).cap?.(150)).toBeCloseTo(Math.log(3), 12);
  });

  it('refuses more than three dimensions, and less than two bins', () => {
    const samples = { x: fixtureColumns('x0', 'x1'), y: fixtureColumns('y0', 'y1') };
    expect(() => histogram().value(samples)).toThrow(/at most 3 for a histogram, but is 4[\s\S]*ksg/);
    for (const bins of [1, 2.5]) expect(() => histogram({ bins })).toThrow(InvalidOptionError);
  });
});
