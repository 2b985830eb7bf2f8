import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { ShapeMismatchError } from '@factornet/spec';
import { beforeAll, expect, test } from 'vitest';
import { shapes } from '../shapes/shapes';
import { imagesTensor } from './images-tensor';

beforeAll(async () => {
  await useBackend('cpu');
});

test('holds the pictures of the batch and leaves nothing behind but itself', async () => {
  const dataset = shapes({ size: 3, seed: 1, imageSize: 20 });
  const batch = await dataset.read([1, 2]);
  await expectNoLeak(async () => {
    const images = imagesTensor(batch, dataset.imageShape);
    expect(images.shape).toEqual([2, 20, 20, 3]);
    expect(await images.data()).toEqual(batch.images);
    images.dispose();
  });
});

test('refuses a batch of another shape', async () => {
  const batch = await shapes({ size: 1, seed: 1 }).read([0]);
  await expectNoLeak(() => expect(() => imagesTensor(batch, [16, 16, 3])).toThrow(ShapeMismatchError));
});
