import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { splitHalves } from './halves';

describe('splitHalves', () => {
  it('cuts every position into one of two halves, the same ones for one seed', () => {
    const { train, test } = splitHalves({ seed: 3 }, 101);
    expect([train.length, test.length]).toEqual([51, 50]);
    expect([...train, ...test].sort((a, b) => a - b)).toEqual([...Array(101).keys()]);
    expect(splitHalves({ seed: 3 }, 101)).toEqual({ train, test });
    expect(splitHalves({ seed: 4 }, 101).train).not.toEqual(train);
  });

  it('takes given halves, but no overlap, repeat, stray position or empty half', () => {
    const halves = { train: [0, 2], test: [1] };
    expect(splitHalves(halves, 4)).toEqual({ train: Int32Array.of(0, 2), test: Int32Array.of(1) });
    expect(() => splitHalves({ train: [0, 1], test: [1] }, 4)).toThrow(/split.test must be free of repeats/);
    expect(() => splitHalves({ train: [0, 0], test: [1] }, 4)).toThrow(/split.train must be free of repeats/);
    expect(() => splitHalves({ train: [0], test: [4] }, 4)).toThrow(/from 0 to 3, but is 4/);
    expect(() => splitHalves({ train: [0], test: [] }, 4)).toThrow(InvalidOptionError);
    expect(() => splitHalves({ seed: 1 }, 1)).toThrow(InvalidOptionError);
  });
});
