import type { InputDescription } from '@factornet/spec';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs';

/** Pictures as bytes to what networks take, values in [0, 1]; the caller disposes of it. */
export function picturesTensor(
  pictures: Uint8Array,
  { shape: [height, width, channels] }: Pick<InputDescription, 'shape'>,
): Tensor4D {
  const count = pictures.length / (height * width * channels);
  return tensor4d(
    Float32Array.from(pictures, (value) => value / 255),
    [count, height, width, channels],
  );
}
