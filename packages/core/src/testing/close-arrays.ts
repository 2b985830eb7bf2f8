import { expect } from 'vitest';

export interface Tolerance {
  /** Allowed |received − expected| whatever the size of the values. Default 1e-6. */
  absolute?: number;
  /** Allowed |received − expected| ÷ |expected|. Default 1e-5. */
  relative?: number;
}

/** Expects two arrays of numbers to agree element by element, and shows the worst element if they do not. */
export function expectCloseArrays(
  received: ArrayLike<number>,
  expected: ArrayLike<number>,
  { absolute = 1e-6, relative = 1e-5 }: Tolerance = {},
): void {
  expect(received.length, 'number of elements').toBe(expected.length);
  let worst = { excess: 0, index: -1 };
  for (let index = 0; index < expected.length; index++) {
    const [got, want] = [received[index] as number, expected[index] as number];
    if (Object.is(got, want)) continue;
    const excess = Math.abs(got - want) - (absolute + relative * Math.abs(want));
    // Written so that NaN counts as wrong.
    if (!(excess <= 0) && !(excess <= worst.excess)) worst = { excess, index };
  }
  const { index } = worst;
  if (index >= 0) {
    expect.fail(`element ${index}: received ${received[index]}, expected ${expected[index]} (worst of all)`);
  }
}
