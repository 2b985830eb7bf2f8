import { randomStream } from '@factornet/core/training';
import { describe, expect, test } from 'vitest';
import type { Augmentation } from '../augmentation/augmentation';
import type { ExampleBatch } from '../dataset';

/**
 * What every augmentation must keep to. `makeAugmentation` is called for each test.
 *
 * @example
 * describeAugmentation('randomFlip', () => randomFlip());
 */
export function describeAugmentation(name: string, makeAugmentation: () => Augmentation): void {
  // Three different lengths, so that axes taken for one another show.
  const imageShape = [6, 5, 3] as const;
  const pictureLength = imageShape[0] * imageShape[1] * imageShape[2];
  const makeBatch = (size: number): ExampleBatch => {
    const pixels = randomStream(1, 'pixels');
    return {
      size,
      images: Float32Array.from({ length: size * pictureLength }, () => pixels.uniform()),
      labels: {
        first: Int32Array.from({ length: size }, (_, index) => index % 3),
        second: Int32Array.from({ length: size }, (_, index) => index % 2),
      },
    };
  };
  const apply = (batch: ExampleBatch, step = 0) =>
    makeAugmentation().apply(batch, imageShape, randomStream(1, 'augment', step));

  describe(`${name} is an augmentation`, () => {
    test('has a name', () => {
      expect(makeAugmentation().name).not.toBe('');
    });

    test('depends on the batch and the stream alone', () => {
      const augmentation = makeAugmentation();
      const changed = apply(makeBatch(16));
      expect(apply(makeBatch(16))).toEqual(changed);
      for (const call of ['first', 'second']) {
        const again = augmentation.apply(makeBatch(16), imageShape, randomStream(1, 'augment', 0));
        expect(again, `${call} call of one copy`).toEqual(changed);
      }
    });

    test('leaves the batch it is given as it was', () => {
      const batch = makeBatch(16);
      const copy = structuredClone(batch);
      for (const step of [0, 1, 2]) apply(batch, step);
      expect(batch).toEqual(copy);
    });

    test('keeps size, labels and shape, and values within [0, 1]', () => {
      for (const step of [0, 1, 2]) {
        const batch = makeBatch(16);
        const changed = apply(batch, step);
        expect(changed.size).toBe(16);
        expect(changed.labels).toEqual(batch.labels);
        expect(changed.images).toBeInstanceOf(Float32Array);
        expect(changed.images).toHaveLength(16 * pictureLength);
        expect(changed.images.every((value) => value >= 0 && value <= 1)).toBe(true);
      }
    });

    test('answers an empty batch with an empty batch', () => {
      expect(apply(makeBatch(0))).toEqual(makeBatch(0));
    });
  });
}
