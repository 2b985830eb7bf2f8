import { type InputDescription, ShapeMismatchError } from '@factornet/spec';
import { type Tensor4D, tensor1d, tidy } from '@tensorflow/tfjs';

/**
 * Turns pictures `[batch, height, width, channels]` with values in [0, 1] into what a network was trained
 * on: `(images − mean) / standardDeviation` per channel.
 *
 * @throws ShapeMismatchError if the pictures do not have the input's shape
 */
export function normalizeImages(images: Tensor4D, input: InputDescription): Tensor4D {
  checkImageShape(images.shape, input);
  const { mean, standardDeviation } = input.normalization;
  return tidy(() => images.sub(tensor1d(mean)).div(tensor1d(standardDeviation)) as Tensor4D);
}

/** @throws ShapeMismatchError unless `shape` is `[batch, …input.shape]` */
export function checkImageShape(shape: readonly number[], { shape: expected }: InputDescription): void {
  const fits = shape.length === 4 && expected.every((size, axis) => shape[axis + 1] === size);
  if (fits) return;
  throw new ShapeMismatchError(
    { what: 'images', expected: [null, ...expected], received: shape },
    {
      hint:
        shape.length === 3
          ? 'Pass a batch: images.expandDims(0) for a single picture.'
          : `Resize the pictures first, e.g. tf.image.resizeBilinear(images, [${expected[0]}, ${expected[1]}]).`,
    },
  );
}
