import { expect, it } from 'vitest';
import { nearestWidth } from './nearest-width';

/** Weights of a stack of layers whose channels are whole. */
const parametersAt = (factor: number) => {
  const [first, second] = [24, 48].map((count) => Math.max(1, Math.round(count * factor))) as [
    number,
    number,
  ];
  return 75 * first + 9 * first * second + 640 * second;
};

it.each([5_000, 40_000, 43_031, 135_000, 5_000_000])(
  'comes as near to %i parameters as any width',
  (wanted) => {
    const found = Math.abs(parametersAt(nearestWidth(parametersAt, wanted)) - wanted);
    const widths = Array.from({ length: 40_000 }, (_, index) => (index + 1) / 1000);
    const least = Math.min(...widths.map((factor) => Math.abs(parametersAt(factor) - wanted)));
    expect(found).toBe(least);
  },
);

it('keeps a network that has them already, and gives the widest there is where it cannot grow enough', () => {
  expect(nearestWidth(parametersAt, parametersAt(1))).toBe(1);
  expect(nearestWidth(() => 100, 1e9)).toBe(1);
});
