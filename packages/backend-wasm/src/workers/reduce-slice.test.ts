import { describe, expect, it } from 'vitest';
import { reduceSlice } from './reduce-slice';

/** All workers' slices, one after the other, in the given order. */
function reduce(partials: Float32Array[], rows: number[], gradients: number, order: number[]): Float32Array {
  for (const worker of order) reduceSlice({ partials, rows, gradients, worker });
  return partials[0] as Float32Array;
}

const partials = () => [
  Float32Array.of(1, 2, 3, 10, 5, 0.1),
  Float32Array.of(10, 20, 30, 16, 5, 0.1),
  Float32Array.of(100, 200, 300, 40, 5, 0.1),
];

describe('reduceSlice', () => {
  it('adds gradients and averages statistics by rows, whoever comes first', () => {
    // (3·10 + 2·16 + 1·40) / 6 = 17
    const expected = Float32Array.of(111, 222, 333, 17, 5, 0.1);
    expect(reduce(partials(), [3, 2, 1], 3, [0, 1, 2])).toEqual(expected);
    expect(reduce(partials(), [3, 2, 1], 3, [2, 0, 1])).toEqual(expected);
  });

  it.each([0, 1, 2, 6])('knows where gradients end: after %i', (gradients) => {
    const one = [Float32Array.of(1, 1, 1, 1, 1, 1), Float32Array.of(3, 3, 3, 3, 3, 3)];
    const expected = Float32Array.from({ length: 6 }, (_, i) => (i < gradients ? 4 : 2));
    expect(reduce(one, [1, 1], gradients, [0, 1])).toEqual(expected);
  });

  it('leaves one worker’s numbers as they are, negative zeros included', () => {
    expect(Object.is(reduce([Float32Array.of(-0)], [4], 1, [0])[0], -0)).toBe(true);
  });
});
