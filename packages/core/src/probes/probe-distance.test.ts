import { describe, expect, it } from 'vitest';
import { probeDeviation, relativeDrift, toleranceOn } from './probe-distance';

describe('probeDeviation', () => {
  it('is the largest distance over the largest value, or over 1', () => {
    expect(probeDeviation([1, -10, 3], [1, -10, 5])).toBe(0.2);
    expect(probeDeviation([0.5, 0.25], [0.5, 0.5])).toBe(0.25);
    expect(probeDeviation([2, 4], [2, 4])).toBe(0);
  });

  it.each([
    [
      [1, 2],
      [1, Number.NaN],
    ],
    [
      [1, Number.NaN],
      [1, 2],
    ],
    [
      [1, 2],
      [Number.POSITIVE_INFINITY, 2],
    ],
    [[1, 2], [1]],
    [[1], [1, 2]],
    [[Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY]],
  ])('of %j and %j is infinite', (expected, received) => {
    expect(probeDeviation(expected, received)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('relativeDrift', () => {
  it('is the largest over the rows, each over its own norm', () => {
    // ‖(0, 5)‖ / ‖(3, 4)‖ = 1; ‖(0.5, 0)‖ / ‖(0, 10)‖ = 0.05.
    expect(relativeDrift([3, 4, 0, 10], [3, 9, 0.5, 10], [2])).toBeCloseTo(1, 12);
    expect(relativeDrift([30, 40, 0, 10], [30, 40, 0.5, 10], [2])).toBeCloseTo(0.05, 12);
  });

  it('counts z and each map by its own norm', () => {
    // One number of 100 and a map of (3, 4): what moves in the map is 1 of 5, not 1 of 100.
    const [expected, received] = [
      [100, 3, 4],
      [100, 3, 5],
    ];
    expect(relativeDrift(expected, received, [1, 2])).toBeCloseTo(0.2, 12);
    expect(relativeDrift([...expected, ...expected], [...expected, ...received], [1, 2])).toBeCloseTo(
      0.2,
      12,
    );
    expect(relativeDrift(expected, received, [3])).toBeLessThan(0.01);
  });

  it('is 0 where nothing moved, also from 0', () => {
    expect(relativeDrift([0, 0, 1, 1], [0, 0, 1, 1], [2])).toBe(0);
  });

  it.each([
    [
      [0, 0],
      [0, 1],
    ],
    [
      [1, 2],
      [1, Number.NaN],
    ],
    [
      [1, 2],
      [1, 2, 3, 4],
    ],
  ])('from %j to %j is infinite', (expected, received) => {
    expect(relativeDrift(expected, received, [2])).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('toleranceOn', () => {
  const tolerance = { cpu: 1, wasm: 2, webgpu: 3, tensorflow: 4, other: 5 };
  it('is the backend’s, or that of others', () => {
    expect(
      ['cpu', 'wasm', 'webgpu', 'tensorflow', 'webgl', 'toString'].map((name) =>
        toleranceOn(name, tolerance),
      ),
    ).toEqual([1, 2, 3, 4, 5, 5]);
  });
});
