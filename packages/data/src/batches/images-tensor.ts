import { ShapeMismatchError } from '@factornet/spec';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import type { ExampleBatch } from '../dataset';

/**
 * The pictures of a batch as a tensor `[batch, height, width, channels]`, which the caller disposes of.
 *
 * @throws ShapeMismatchError if the batch does not hold `size` pictures of that shape
 * @example
 * const images = imagesTensor(await dataset.read([0, 1, 2]), dataset.imageShape);
 */
export function imagesTensor(
  batch: Pick<ExampleBatch, 'size' | 'images'>,
  imageShape: readonly [number, number, number],
): Tensor4D {
  const shape: [number, number, number, number] = [batch.size, ...imageShape];
  const values = shape.reduce((product, length) => product * length, 1);
  if (batch.images.length !== values) {
    throw new ShapeMismatchError({
      what: 'the values of the pictures',
      expected: [values],
      received: [batch.images.length],
    });
  }
  return tensor4d(batch.images, shape);
}
