import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../../testing/seeded-tensor';
import { gradientCase, type ParityCase } from '../parity-case';

const image = (shape = [2, 4, 5, 3]) => seededTensor<tf.Rank.R4>(shape, 1);
const sizes: [number, number][] = [
  [8, 10],
  [2, 3],
  [7, 4],
  [1, 1],
  [4, 5],
];

export const resamplingCases: ParityCase[] = [
  ...sizes.flatMap((size) =>
    [false, true].flatMap((alignCorners) =>
      [false, true]
        .filter((halfPixel) => !(halfPixel && alignCorners))
        .flatMap((halfPixel) => [
          // TensorFlow.js's gradients know no half-pixel centres, on any backend: values only.
          {
            name: `resizeBilinear ${size} ${alignCorners} ${halfPixel}`,
            run: () => [tf.image.resizeBilinear(image(), size, alignCorners, halfPixel)],
          },
          {
            name: `resizeNearestNeighbor ${size} ${alignCorners} ${halfPixel}`,
            run: () => [tf.image.resizeNearestNeighbor(image(), size, alignCorners, halfPixel)],
          },
        ]),
    ),
  ),
  // The CPU backend's own gradients are wrong off squares (bilinear) and for more than one image (nearest neighbour):
  // resampling-gradients.test.ts holds WASM to the adjoint there.
  ...sizes.flatMap((size) =>
    [false, true].flatMap((alignCorners) => [
      gradientCase(
        `gradient of resizeBilinear ${size} ${alignCorners}`,
        (x: tf.Tensor4D) => tf.image.resizeBilinear(x, size, alignCorners),
        () => [image([2, 5, 5, 3])],
      ),
      gradientCase(
        `gradient of resizeNearestNeighbor ${size} ${alignCorners}`,
        (x: tf.Tensor4D) => tf.image.resizeNearestNeighbor(x, size, alignCorners),
        () => [image([1, 4, 5, 3])],
      ),
    ]),
  ),
  {
    name: 'cropAndResize',
    run: () => [
      tf.image.cropAndResize(
        image(),
        tf.tensor2d([
          [0, 0, 0.8, 1],
          [0.2, 0.1, 1, 0.9],
        ]),
        tf.tensor1d([0, 1], 'int32'),
        [3, 4],
      ),
    ],
  },
  { name: 'flipLeftRight', run: () => [tf.image.flipLeftRight(image())] },
  { name: 'rotateWithOffset', run: () => [tf.image.rotateWithOffset(image([2, 6, 6, 3]), 0.4)] },
  {
    name: 'transform',
    run: () => [
      tf.image.transform(
        image([1, 4, 5, 3]),
        tf.tensor2d([[1, 0.2, 0.5, 0.1, 0.9, 0, 0, 0]]),
        'bilinear',
        'reflect',
        0,
        [4, 5],
      ),
    ],
  },
  {
    name: 'grayscaleToRGB and back',
    run: () => [tf.image.rgbToGrayscale(image()), tf.image.grayscaleToRGB(image([2, 3, 3, 1]))],
  },
];
