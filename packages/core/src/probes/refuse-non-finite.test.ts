import { expect, it } from 'vitest';
import { refuseNonFinite } from './refuse-non-finite';

it.each([
  [[0, 1, 2, Number.NaN], 1],
  [[0, Number.POSITIVE_INFINITY, 2, Number.NaN], 0],
  [[0, 1, Number.NEGATIVE_INFINITY, 0], 1],
])('names the first picture of two whose answer in %j is no number', (values, picture) => {
  expect(() => refuseNonFinite(Float32Array.from(values), 2, '@a/shape@1.0.0')).toThrow(
    `@a/shape@1.0.0 answers NaN or an infinite number to picture ${picture}, and so names no class.`,
  );
});

it('takes every number', () => {
  refuseNonFinite(Float32Array.of(-3e38, 3e38, 0, -0), 2, 'x');
  refuseNonFinite(new Float32Array(0), 2, 'x');
});
