import { type InputDescription, InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { type Tensor4D, tensor4d, zeros } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from './backend/use-backend';
import { checkImages, normalizeImages } from './normalize-images';
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

describe('checkImages', () => {
  const pictures = (shape: number[], dtype: 'float32' | 'int32' = 'float32') =>
    zeros(shape as never, dtype) as Tensor4D;

  it('accepts any batch size', () => {
    expect(() => checkImages(pictures([0, 1, 2, 3]), input)).not.toThrow();
    expect(() => checkImages(pictures([64, 1, 2, 3]), input)).not.toThrow();
  });

  it('says how to make a batch of a single picture', () => {
    expect(() => checkImages(pictures([1, 2, 3]), input)).toThrow(/expandDims/);
    expect(() => checkImages(pictures([1, 2, 3, 3, 1]), input)).toThrow(ShapeMismatchError);
  });

  it('says how to leave out alpha', () => {
    const wrong = () => checkImages(pictures([2, 1, 2, 4]), input);
    expect(wrong).toThrow(ShapeMismatchError);
    expect(wrong).toThrow('Leave out alpha: images.slice([0, 0, 0, 0], [-1, -1, -1, 3]).');
    const rest = pictures([2, 1, 2, 4]).slice([0, 0, 0, 0], [-1, -1, -1, 3]);
    expect(() => checkImages(rest, input)).not.toThrow();
  });

  it.each([
    ['a canvas', { width: 2, height: 1, getContext: () => {} }],
    ['an ImageData', { width: 2, height: 1, data: new Uint8ClampedArray(8) }],
    ['nothing', undefined],
    ['null', null],
    ['an array', [[[[0, 0, 0]]]]],
    ['a promise of a tensor', Promise.resolve(1)],
    ['pixels of 0 to 255', zeros([1, 1, 2, 3], 'int32')],
  ])('says how to make a tensor of %s', (_, images) => {
    const wrong = () => checkImages(images as unknown as Tensor4D, input);
    expect(wrong).toThrow(InvalidOptionError);
    expect(wrong).toThrow('Take pixels as tf.browser.fromPixels(canvas).expandDims(0).toFloat().div(255).');
  });
});
