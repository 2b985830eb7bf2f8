import { describe, expect, it } from 'vitest';
import { countRepeats, firstEqualRows } from './equal-rows';
import { featureMatrix } from './feature-matrix';
import { inSixDigits } from './six-digits';

const repeats = (values: number[]) => countRepeats(firstEqualRows(inSixDigits(featureMatrix(values))));
const ramp = Array.from({ length: 200 }, (_, row) => Math.sqrt(row + 0.3));

describe('inSixDigits', () => {
  it('makes rows equal that rounding tells apart', () => {
    expect(repeats([...ramp, ...ramp.map((value) => value * (1 + 1e-12))])).toBe(200);
    expect(repeats([...ramp, ...ramp.map((value) => value + 1e-3)])).toBe(0);
  });

  it('makes no others equal: beside an offset, in a long tail, in any unit', () => {
    for (const map of [
      (value: number) => value + 1e9,
      (value: number) => Math.exp(20 * value),
      (value: number) => Math.exp(-20 * value),
      (value: number) => value * 1e-200,
    ]) {
      expect(repeats(ramp.map(map))).toBe(0);
    }
    expect(repeats([5, 5, 5])).toBe(2);
  });
});
