import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { expect, test } from 'vitest';
import { augment } from './augment';
import { movePictures } from './move-pictures';
import { randomFlip } from './random-flip';
import { randomShift } from './random-shift';

const imageShape = [2, 3, 1] as const;
const one = { size: 1, images: Float32Array.of(1, 2, 3, 4, 5, 6), labels: { task: Int32Array.of(4) } };
const many = { size: 400, images: new Float32Array(2400).map((_, i) => (i % 6) + 1), labels: {} };
const move = (flip: boolean, right: number, down: number) => [
  ...movePictures(one, imageShape, () => ({ flip, right, down })).images,
];

test('moves pixels', () => {
  expect(move(false, 0, 0)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(move(true, 0, 0)).toEqual([3, 2, 1, 6, 5, 4]);
  expect(move(false, 1, 0)).toEqual([0, 1, 2, 0, 4, 5]);
  expect(move(false, -1, 1)).toEqual([0, 0, 0, 2, 3, 0]);
  expect(move(true, 1, -1)).toEqual([0, 6, 5, 0, 0, 0]);
  expect(move(false, 3, 0)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('keeps the channels of a pixel together', () => {
  const colours = { size: 1, images: Float32Array.of(1, 2, 3, 4), labels: {} };
  expect([...movePictures(colours, [1, 2, 2], () => ({ flip: true, right: 0, down: 0 })).images]).toEqual([
    3, 4, 1, 2,
  ]);
});

test('flips about half of the pictures, each on its own', () => {
  const { images } = randomFlip().apply(many, imageShape, randomStream(1, 'flip'));
  const flipped = Array.from({ length: 400 }, (_, index) => images[index * 6] === 3);
  const count = flipped.filter(Boolean).length;
  // Standard deviation: 10.
  expect(Math.abs(count - 200)).toBeLessThan(40);
});

test('shifts by every distance it may', () => {
  const { images } = randomShift({ pixels: 1 }).apply(many, imageShape, randomStream(1, 'shift'));
  const seen = new Set(
    Array.from({ length: 400 }, (_, index) => images.slice(index * 6, index * 6 + 6).join()),
  );
  expect(seen.size).toBe(9);
});

test('depends on the stream alone, keeps labels and leaves the batch as it was', () => {
  const options = { flip: true, shift: 1 };
  const changed = augment(many, imageShape, options, randomStream(1, 'augment', 0));
  expect(augment(many, imageShape, options, randomStream(1, 'augment', 0))).toEqual(changed);
  expect(augment(many, imageShape, options, randomStream(1, 'augment', 1))).not.toEqual(changed);
  expect(augment(one, imageShape, options, randomStream(1)).labels).toEqual({ task: Int32Array.of(4) });
  expect([...many.images.subarray(0, 6)]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('changes nothing unless asked', () => {
  expect(augment(one, imageShape, {}, randomStream(1)).images).toEqual(one.images);
});

test('refuses options that make no sense', () => {
  expect(() => augment(one, imageShape, { shift: 0.5 }, randomStream(1))).toThrow(InvalidOptionError);
  expect(() => randomFlip({ probability: 2 })).toThrow(InvalidOptionError);
});
