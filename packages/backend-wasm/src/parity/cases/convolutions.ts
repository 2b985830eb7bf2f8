import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../../testing/seeded-tensor';
import { gradientCase, type ParityCase } from '../parity-case';

type Pad = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
type Shape4 = [number, number, number, number];

const border = (pad: number): tf.backend_util.ExplicitPadding => [
  [0, 0],
  [pad, pad],
  [pad, pad],
  [0, 0],
];
const label = (pad: Pad) => (typeof pad === 'object' ? `border ${pad.join(' ')}` : String(pad));
const image = (shape: Shape4) => seededTensor<tf.Rank.R4>(shape, 1);
const filter = (shape: number[]) => seededTensor<tf.Rank.R4>(shape, 2);

/** Input, filter height and width, strides. One pixel, filters larger than the input, odd sizes, batch 1. */
const geometries: [Shape4, [number, number], [number, number]][] = [
  [
    [1, 1, 1, 1],
    [1, 1],
    [1, 1],
  ],
  [
    [1, 1, 1, 3],
    [3, 3],
    [1, 1],
  ],
  [
    [2, 2, 3, 3],
    [5, 7],
    [1, 1],
  ],
  [
    [2, 2, 3, 3],
    [5, 7],
    [2, 2],
  ],
  [
    [1, 7, 5, 3],
    [3, 3],
    [1, 1],
  ],
  [
    [3, 8, 8, 4],
    [4, 4],
    [2, 2],
  ],
  [
    [2, 9, 7, 5],
    [3, 2],
    [2, 3],
  ],
  [
    [2, 6, 6, 8],
    [1, 1],
    [1, 1],
  ],
  [
    [2, 6, 7, 8],
    [1, 1],
    [2, 2],
  ],
  [
    [5, 4, 9, 2],
    [1, 4],
    [3, 1],
  ],
  [
    [4, 5, 5, 17],
    [3, 3],
    [1, 1],
  ],
  [
    [2, 11, 13, 3],
    [5, 5],
    [3, 3],
  ],
];

/** Paddings that the filter fits into. */
function paddings([, height, width]: Shape4, [rows, columns]: [number, number]): Pad[] {
  const fits = (pad: number) => rows <= height + 2 * pad && columns <= width + 2 * pad;
  const square = rows === columns;
  return [
    'same',
    ...(fits(0) ? (['valid'] as const) : []),
    ...(fits(1) ? [border(1)] : []),
    ...(fits(1) && square ? [1] : []),
  ];
}

const conv2dCases = geometries.flatMap(([input, size, strides]) =>
  paddings(input, size)
    .filter((pad) => typeof pad !== 'number' || strides[0] === strides[1])
    .flatMap((pad) => {
      const what = `[${input}] ${size} stride ${strides} ${label(pad)}`;
      const depthwise = (multiplier: number) =>
        gradientCase(
          `depthwiseConv2d ×${multiplier} ${what}`,
          (x: tf.Tensor4D, w: tf.Tensor4D) => tf.depthwiseConv2d(x, w, strides, pad as 'same'),
          () => [image(input), filter([...size, input[3], multiplier])],
        );
      return [
        gradientCase(
          `conv2d ${what}`,
          (x: tf.Tensor4D, w: tf.Tensor4D) => tf.conv2d(x, w, strides, pad),
          () => [image(input), filter([...size, input[3], 6])],
        ),
        depthwise(1),
        depthwise(2),
      ];
    }),
);

const transposedCases = geometries.flatMap(([input, size, strides]) =>
  (['same', 'valid'] as const).map((pad) => {
    const out = [1, 2].map((axis) => {
      const inner = ((input[axis] as number) - 1) * (strides[axis - 1] as number);
      return pad === 'same' ? inner + 1 : inner + (size[axis - 1] as number);
    });
    return gradientCase(
      `conv2dTranspose [${input}] ${size} stride ${strides} ${pad}`,
      (x: tf.Tensor4D, w: tf.Tensor4D) =>
        tf.conv2dTranspose(x, w, [input[0], out[0] as number, out[1] as number, 5], strides, pad),
      () => [image(input), filter([...size, 5, input[3]])],
    );
  }),
);

/** Dilated: 2-D gradients TensorFlow.js refuses on the CPU backend (see conv2d-gradients.test.ts for ours). */
const dilatedCases: ParityCase[] = (['same', 'valid'] as const).flatMap((pad) =>
  [1, 2, 3].flatMap((dilation) => [
    {
      name: `conv2d, dilation ${dilation}, ${pad}`,
      run: () => [tf.conv2d(image([2, 9, 8, 3]), filter([3, 3, 3, 4]), 1, pad, 'NHWC', dilation)],
    },
    {
      name: `depthwiseConv2d, dilation ${dilation}, ${pad}`,
      run: () => [tf.depthwiseConv2d(image([2, 9, 8, 3]), filter([3, 3, 3, 2]), 1, pad, 'NHWC', dilation)],
    },
  ]),
);

const volumeCases = (['same', 'valid'] as const).flatMap((pad) =>
  [1, 2].flatMap((stride) => [
    gradientCase(
      `conv3d stride ${stride} ${pad}`,
      (x: tf.Tensor5D, w: tf.Tensor5D) => tf.conv3d(x, w, stride, pad),
      () => [seededTensor<tf.Rank.R5>([2, 4, 5, 3, 2], 1), seededTensor<tf.Rank.R5>([2, 3, 2, 2, 3], 2)],
    ),
    gradientCase(
      `conv1d stride ${stride} ${pad}`,
      (x: tf.Tensor3D, w: tf.Tensor3D) => tf.conv1d(x, w, stride, pad),
      () => [seededTensor<tf.Rank.R3>([2, 9, 3], 1), seededTensor<tf.Rank.R3>([4, 3, 5], 2)],
    ),
    gradientCase(
      `separableConv2d stride ${stride} ${pad}`,
      (x: tf.Tensor4D, depth: tf.Tensor4D, point: tf.Tensor4D) =>
        tf.separableConv2d(x, depth, point, stride, pad),
      () => [image([2, 6, 7, 3]), filter([3, 3, 3, 2]), seededTensor<tf.Rank.R4>([1, 1, 6, 4], 3)],
    ),
    gradientCase(
      `dilation2d stride ${stride} ${pad}`,
      (x: tf.Tensor4D, w: tf.Tensor3D) => tf.dilation2d(x, w, stride, pad),
      () => [image([2, 6, 7, 3]), seededTensor<tf.Rank.R3>([3, 2, 3], 2)],
    ),
    gradientCase(
      `channels first, stride ${stride} ${pad}`,
      (x: tf.Tensor4D, w: tf.Tensor4D) => tf.conv2d(x, w, stride, pad, 'NCHW'),
      () => [image([2, 3, 6, 7]), filter([3, 2, 3, 4])],
    ),
  ]),
);

const fusedActivations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const;

/** A bias that is no vector is refused by the stock kernels; outside a gradient the ops are one kernel. */
const fusedCases: ParityCase[] = fusedActivations.flatMap((activation) =>
  [[4], [], [1, 1, 1, 4]].flatMap((bias): ParityCase[] => [
    {
      name: `fused conv2d ${activation}, bias [${bias}]`,
      run: () => [
        tf.fused.conv2d({
          x: image([2, 5, 5, 3]),
          filter: filter([3, 3, 3, 4]),
          strides: 1,
          pad: 'same',
          bias: seededTensor(bias, 3),
          activation,
          leakyreluAlpha: 0.2,
        }),
        tf.fused.depthwiseConv2d({
          x: image([2, 5, 5, 4]),
          filter: filter([3, 3, 4, 1]),
          strides: 1,
          pad: 'same',
          bias: seededTensor(bias, 3),
          activation,
          leakyreluAlpha: 0.2,
        }),
      ],
    },
    ...(activation === 'linear' || activation.startsWith('relu')
      ? [
          gradientCase(
            `gradient of fused conv2d ${activation}, bias [${bias}]`,
            (x: tf.Tensor4D, w: tf.Tensor4D, b: tf.Tensor) =>
              tf.fused.conv2d({ x, filter: w, strides: 1, pad: 'same', bias: b, activation }),
            () => [image([2, 5, 5, 3]), filter([3, 3, 3, 4]), seededTensor(bias, 3)],
          ),
        ]
      : []),
  ]),
);

export const convolutionCases: ParityCase[] = [
  ...conv2dCases,
  ...transposedCases,
  ...dilatedCases,
  ...volumeCases,
  ...fusedCases,
];
