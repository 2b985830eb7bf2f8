import { type InputDescription, InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { type Tensor4D, tensor1d, tidy } from '@tensorflow/tfjs';

/**
 * Turns pictures `[batch, height, width, channels]` with values in [0, 1] into what a network was trained
 * on: `(images − mean) / standardDeviation` per channel.
 *
 * @throws what {@link checkImages} throws
 */
export function normalizeImages(images: Tensor4D, input: InputDescription): Tensor4D {
  checkImages(images, input);
  const { mean, standardDeviation } = input.normalization;
  return tidy(() => images.sub(tensor1d([...mean])).div(tensor1d([...standardDeviation])) as Tensor4D);
}

/**
 * @throws InvalidOptionError unless `images` is a tensor of float32, for a canvas and for pictures of 0 to 255
 * @throws ShapeMismatchError unless its shape is `[batch, …input.shape]`
 */
export function checkImages(images: Tensor4D, { shape: expected }: InputDescription): void {
  if (images?.dtype !== 'float32') throw unscaledImages(images?.dtype ?? images);
  const received = images.shape as readonly number[];
  const fits = received.length === 4 && expected.every((size, axis) => received[axis + 1] === size);
  if (fits) return;
  let hint = `Resize the pictures first, e.g. tf.image.resizeBilinear(images, [${expected[0]}, ${expected[1]}]).`;
  if (received[3] === 4) hint = 'Leave out alpha: images.slice([0, 0, 0, 0], [-1, -1, -1, 3]).';
  if (received.length === 3) hint = 'Pass a batch: images.expandDims(0) for a single picture.';
  throw new ShapeMismatchError({ what: 'images', expected: [null, ...expected], received }, { hint });
}

/** What is said of pictures that are none, or that were not divided by 255. */
export function unscaledImages(received: unknown): InvalidOptionError {
  return new InvalidOptionError(
    { option: 'images', expected: 'a float32 tensor with values in [0, 1]', received },
    { hint: 'Take pixels as tf.browser.fromPixels(canvas).expandDims(0).toFloat().div(255).' },
  );
}
