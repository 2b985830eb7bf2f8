import { InvalidOptionError } from '@factornet/spec';
import { array, assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discretise } from './discretise';

describe('discretise', () => {
  it('cuts 0.1 … 0.6 into three bins as disentanglement_lib does', () => {
    expect([...discretise([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 3)]).toEqual([1, 1, 2, 2, 3, 3]);
    expect([...discretise([0.6, 0.5, 0.4, 0.3, 0.2, 0.1], 3)]).toEqual([3, 3, 2, 2, 1, 1]);
  });

  it('keeps 20 whole numbers apart and merges a 21st', () => {
    const values = Array.from({ length: 20 }, (_, index) => index);
    expect([...discretise(values)]).toEqual(values.map((value) => value + 1));
    expect(new Set(discretise([...values, 20])).size).toBe(20);
  });

  it('puts what is constant into one bin', () => {
    expect([...discretise([0.3, 0.3, 0.3])]).toEqual([1, 1, 1]);
    expect([...discretise([])]).toEqual([]);
  });

  it('agrees with counting edges, for any values', () => {
    const values = array(double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 2, maxLength: 30 });
    assert(
      property(values, integer({ min: 2, max: 40 }), (numbers, bins) => {
        const least = Math.min(...numbers);
        const width = (Math.max(...numbers) - least) / bins;
        if (!(width > 0)) return;
        const expected = numbers.map((value) => {
          let passed = 0;
          for (let edge = 0; edge < bins; edge++) if (value >= least + edge * width) passed++;
          return passed;
        });
        expect([...discretise(numbers, bins)]).toEqual(expected);
      }),
      { seed: 1 },
    );
  });

  it('counts a value on an edge to the bin above it, however the division rounds', () => {
    for (let bins = 2; bins <= 40; bins++) {
      for (const [least, largest] of [
        [0.1, 0.7],
        [-1 / 3, 2 / 7],
        [0, 1.1],
      ] as const) {
        const width = (largest - least) / bins;
        const edges = Array.from({ length: bins }, (_, edge) => least + edge * width);
        expect([...discretise([...edges, largest], bins)]).toEqual(
          [...edges.keys(), bins - 1].map((bin) => bin + 1),
        );
      }
    }
  });

  it('survives numbers at the ends of the range', () => {
    const most = Number.MAX_VALUE;
    expect([...discretise([-most, 0, most], 4)]).toEqual([1, 3, 4]);
    expect([...discretise([0, Number.MIN_VALUE], 4)].every((bin) => bin >= 1 && bin <= 4)).toBe(true);
  });

  it('refuses fewer than two bins', () => {
    expect(() => discretise([1, 2], 1)).toThrow(InvalidOptionError);
  });
});
