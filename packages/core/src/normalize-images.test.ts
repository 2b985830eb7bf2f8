import { type InputDescription, ShapeMismatchError } from '@factornet/spec';
import { type Tensor4D, tensor4d, zeros } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from './backend/use-backend';
import { checkImageShape, normalizeImages } from './normalize-images';
import { expectCloseArrays } from './testing/close-arrays';
import { expectNoLeak } from './testing/no-leak';

const input: InputDescription = {
  shape: [1, 2, 3],
  layout: 'NHWC',
  normalization: { mean: [0.5, 0.25, 0], standardDeviation: [0.5, 0.25, 2] },
};

beforeAll(async () => {
  await useBackend('cpu');
});

describe('normalizeImages', () => {
  it('subtracts each channel’s mean and divides by its standard deviation', async () => {
    const images = tensor4d([0, 0, 0, 1, 1, 1], [1, 1, 2, 3]);
    expectCloseArrays(await normalizeImages(images, input).data(), [-1, -1, 0, 1, 3, 0.5]);
  });

  it('refuses pictures of another shape and says how to resize them', () => {
    const wrong = () => normalizeImages(zeros([4, 2, 2, 3]) as Tensor4D, input);
    expect(wrong).toThrow(ShapeMismatchError);
    expect(wrong).toThrow(
      /images must have the shape \[\*, 1, 2, 3\], but came with \[4, 2, 2, 3\].\nResize/,
    );
  });

  it('leaks nothing, not even when it refuses', async () => {
    const images = zeros([2, 1, 2, 3]) as Tensor4D;
    const wrong = zeros([2, 1, 2, 1]) as Tensor4D;
    await expectNoLeak(() => normalizeImages(images, input).dispose());
    await expectNoLeak(() => expect(() => normalizeImages(wrong, input)).toThrow(ShapeMismatchError));
  });
});

describe('checkImageShape', () => {
  it('accepts any batch size', () => {
    expect(() => checkImageShape([0, 1, 2, 3], input)).not.toThrow();
    expect(() => checkImageShape([64, 1, 2, 3], input)).not.toThrow();
  });

  it('says how to make a batch of a single picture', () => {
    expect(() => checkImageShape([1, 2, 3], input)).toThrow(/expandDims/);
    expect(() => checkImageShape([1, 2, 3, 3, 1], input)).toThrow(ShapeMismatchError);
  });
});
