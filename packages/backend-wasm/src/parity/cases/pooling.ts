import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../../testing/seeded-tensor';
import { gradientCase, type ParityCase } from '../parity-case';

type Shape4 = [number, number, number, number];
type Pad = 'same' | 'valid' | number;

const geometries: [Shape4, [number, number], [number, number]][] = [
  [
    [1, 1, 1, 1],
    [1, 1],
    [1, 1],
  ],
  [
    [2, 1, 1, 3],
    [2, 2],
    [1, 1],
  ],
  [
    [2, 4, 4, 3],
    [2, 2],
    [2, 2],
  ],
  [
    [2, 5, 7, 3],
    [2, 2],
    [2, 2],
  ],
  [
    [2, 5, 7, 3],
    [3, 3],
    [1, 1],
  ],
  [
    [1, 7, 7, 2],
    [3, 3],
    [2, 2],
  ],
  [
    [3, 6, 5, 4],
    [3, 2],
    [2, 1],
  ],
  [
    [2, 6, 6, 3],
    [6, 6],
    [1, 1],
  ],
  [
    [2, 6, 6, 3],
    [1, 1],
    [2, 2],
  ],
  [
    [2, 7, 7, 3],
    [2, 2],
    [3, 3],
  ],
  [
    [2, 3, 3, 2],
    [5, 5],
    [1, 1],
  ],
];

const image = (shape: number[]) => seededTensor<tf.Rank.R4>(shape, 1);

/** The CPU backend's own number is the expectation; where a filter does not fit, there is none. */
const fits = ([, height, width]: Shape4, [rows, columns]: [number, number], pad: Pad) =>
  pad === 'same' ||
  (rows <= height + 2 * Number(pad !== 'valid') && columns <= width + 2 * Number(pad !== 'valid'));

const planar = geometries.flatMap(([shape, size, strides]) =>
  (['same', 'valid', 1] as Pad[])
    .filter((pad) => fits(shape, size, pad))
    .filter((pad) => typeof pad !== 'number' || (size[0] === size[1] && strides[0] === strides[1]))
    .flatMap((pad) =>
      (
        [
          ['maxPool', tf.maxPool],
          ['avgPool', tf.avgPool],
        ] as const
      ).map(([name, pool]) =>
        gradientCase(
          `${name} [${shape}] ${size} stride ${strides} ${pad}`,
          (x: tf.Tensor4D) => pool(x, size, strides, pad),
          () => [image(shape)],
        ),
      ),
    ),
);

/** Values alone: the CPU backend's own gradients do not know of the rounding (see rounded-gradients.test.ts). */
const rounded = (['floor', 'round', 'ceil'] as const).flatMap((rounding) =>
  [0, 1].map(
    (pad): ParityCase => ({
      name: `pools, ${rounding}, padding ${pad}`,
      run: () => [
        tf.maxPool(image([2, 6, 6, 2]), 3, 2, pad, rounding),
        tf.avgPool(image([2, 6, 6, 2]), 3, 2, pad, rounding),
        tf.maxPool3d(seededTensor<tf.Rank.R5>([2, 4, 5, 6, 2], 1), 3, 2, pad, rounding),
        tf.avgPool3d(seededTensor<tf.Rank.R5>([2, 4, 5, 6, 2], 1), 3, 2, pad, rounding),
      ],
    }),
  ),
);

const volume = (['same', 'valid'] as const).flatMap((pad) =>
  [1, 2].flatMap((stride) => [
    gradientCase(
      `maxPool3d stride ${stride} ${pad}`,
      (x: tf.Tensor5D) => tf.maxPool3d(x, 2, stride, pad),
      () => [seededTensor<tf.Rank.R5>([2, 4, 5, 3, 2], 1)],
    ),
    gradientCase(
      `avgPool3d stride ${stride} ${pad}`,
      (x: tf.Tensor5D) => tf.avgPool3d(x, [2, 3, 2], stride, pad),
      () => [seededTensor<tf.Rank.R5>([2, 4, 5, 3, 2], 1)],
    ),
  ]),
);

export const poolingCases: ParityCase[] = [
  ...planar,
  ...rounded,
  ...volume,
  ...(['max', 'avg'] as const).flatMap((type) =>
    [1, 2].map((dilation) =>
      gradientCase(
        `pool ${type}, dilation ${dilation}`,
        (x: tf.Tensor4D) => tf.pool(x, 2, type, 'same', dilation, 1),
        () => [image([2, 6, 6, 3])],
      ),
    ),
  ),
  gradientCase(
    'ties between equal pixels',
    (x: tf.Tensor4D) => tf.maxPool(x, 3, 1, 'same'),
    () => [image([2, 5, 5, 2]).mul(2).round() as tf.Tensor4D],
  ),
  gradientCase(
    'ties between equal pixels of a volume',
    (x: tf.Tensor5D) => tf.maxPool3d(x, 3, 1, 'same'),
    () => [seededTensor<tf.Rank.R5>([2, 4, 5, 3, 2], 1).mul(2).round() as tf.Tensor5D],
  ),
  {
    name: 'maxPoolWithArgmax',
    run: () => Object.values(tf.maxPoolWithArgmax(image([2, 4, 6, 3]), 2, 2, 'same')),
  },
  {
    name: 'maxPool of int32',
    run: () => [tf.maxPool(image([2, 4, 4, 3]).mul(9).cast('int32'), 2, 2, 'same')],
  },
];
