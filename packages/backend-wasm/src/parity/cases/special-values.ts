import * as tf from '@tensorflow/tfjs';
import type { ParityCase } from '../parity-case';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const specials = [nan, infinity, -infinity, -0, 0, 1, -1, 0.5, -2.5, 7, 1e-8, -1e-8, 3, 5.9999, 6.5, -20];

const line = () => tf.tensor1d(specials);
/** One of the specials in each row, among ordinary numbers. */
const rows = () => tf.stack(specials.map((special) => tf.tensor1d([0.3, -0.2, special, 0.9, -3, 2, 0.1])));
const picture = (size: number) => {
  const values = Array.from({ length: size * size * 4 }, (_, at) => (at % 7) - 3);
  specials.forEach((special, at) => {
    values[at * 2] = special;
  });
  return tf.tensor4d(values, [1, size, size, 4]);
};

const unary: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  abs: tf.abs,
  acos: tf.acos,
  acosh: tf.acosh,
  asin: tf.asin,
  asinh: tf.asinh,
  atan: tf.atan,
  atanh: tf.atanh,
  ceil: tf.ceil,
  cos: tf.cos,
  cosh: tf.cosh,
  elu: tf.elu,
  erf: tf.erf,
  exp: tf.exp,
  expm1: tf.expm1,
  floor: tf.floor,
  isFinite: tf.isFinite,
  isInf: tf.isInf,
  isNaN: tf.isNaN,
  leakyRelu: (x) => tf.leakyRelu(x, 0.1),
  log: tf.log,
  log1p: tf.log1p,
  logSigmoid: tf.logSigmoid,
  neg: tf.neg,
  reciprocal: tf.reciprocal,
  relu: tf.relu,
  relu6: tf.relu6,
  round: tf.round,
  rsqrt: tf.rsqrt,
  selu: tf.selu,
  sigmoid: tf.sigmoid,
  sign: tf.sign,
  sin: tf.sin,
  sinh: tf.sinh,
  softplus: tf.softplus,
  sqrt: tf.sqrt,
  square: tf.square,
  step: (x) => tf.step(x, 0.5),
  tan: tf.tan,
  tanh: tf.tanh,
  'clipByValue 0 6': (x) => tf.clipByValue(x, 0, 6),
  'clipByValue -1 1': (x) => tf.clipByValue(x, -1, 1),
  'clipByValue, no limits': (x) => tf.clipByValue(x, -infinity, infinity),
  'prelu, one slope': (x) => tf.prelu(x, tf.scalar(0.25)),
  'prelu, a slope each': (x) => tf.prelu(x, tf.range(0, x.size).reshape(x.shape).div(9)),
  'cast to bool': (x) => x.cast('bool'),
};

const binary: Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
  add: tf.add,
  atan2: tf.atan2,
  div: tf.div,
  divNoNan: tf.divNoNan,
  equal: tf.equal,
  greater: tf.greater,
  greaterEqual: tf.greaterEqual,
  less: tf.less,
  lessEqual: tf.lessEqual,
  maximum: tf.maximum,
  minimum: tf.minimum,
  // Not of the tiny numbers: what is left of them rounds to nothing, or to all of the divisor.
  mod: (a, b) => tf.mod(tf.round(a), tf.round(b)),
  mul: tf.mul,
  notEqual: tf.notEqual,
  squaredDifference: tf.squaredDifference,
  sub: tf.sub,
};

const reductions: Record<string, (x: tf.Tensor, axis: number) => tf.Tensor> = {
  argMax: (x, axis) => tf.argMax(x, axis),
  argMin: (x, axis) => tf.argMin(x, axis),
  logSumExp: (x, axis) => tf.logSumExp(x, axis),
  max: (x, axis) => tf.max(x, axis),
  mean: (x, axis) => tf.mean(x, axis),
  min: (x, axis) => tf.min(x, axis),
  prod: (x, axis) => tf.prod(x, axis),
  sum: (x, axis) => tf.sum(x, axis),
};

/** Of nothing: the neutral element, or NaN. */
const ofNothing: ParityCase[] = [[0], [3, 0], [0, 3], [2, 0, 3]].map((shape) => ({
  name: `reductions of [${shape}]`,
  run: () =>
    shape.flatMap((_, axis) => {
      const x = tf.zeros(shape);
      const truths = tf.zeros(shape, 'bool');
      return [
        ...[tf.sum, tf.max, tf.min, tf.prod].map((reduce) => reduce(x, axis)),
        ...[tf.all, tf.any].map((reduce) => reduce(truths, axis)),
      ];
    }),
}));

const picturesOfNothing: ParityCase = {
  name: 'pictures of no pixel',
  run: () => {
    const pictures = tf.zeros<tf.Rank.R4>([1, 0, 4, 2]);
    return [
      tf.image.resizeBilinear(pictures, [2, 3]),
      tf.image.resizeNearestNeighbor(pictures, [2, 3]),
      tf.gather(tf.zeros([3, 0]), tf.tensor1d([0, 2], 'int32')),
    ];
  },
};

/** 3 pixels are the stock kernel's, 12 ours. */
const fused = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'].flatMap((activation) =>
  [3, 12].flatMap((size) =>
    [undefined, [0.1, -0.1, 0.2, nan]].map(
      (bias): ParityCase => ({
        name: `fused ${activation}, ${size} pixels, ${bias ? 'bias' : 'no bias'}`,
        run: () => {
          const options = {
            activation: activation as 'relu',
            leakyreluAlpha: 0.2,
            ...(bias && { bias: tf.tensor1d(bias) }),
            ...(activation === 'prelu' && { preluActivationWeights: tf.tensor1d([0.1, 0.2, nan, 0.3]) }),
          };
          const x = picture(size);
          const window = { x, strides: 1, pad: 'same' as const, ...options };
          return [
            tf.fused.conv2d({ ...window, filter: tf.eye(4).reshape([1, 1, 4, 4]) as tf.Tensor4D }),
            tf.fused.depthwiseConv2d({ ...window, filter: tf.ones([3, 3, 4, 1]) as tf.Tensor4D }),
            tf.fused.depthwiseConv2d({ ...window, filter: tf.ones([1, 1, 4, 1]) as tf.Tensor4D }),
            tf.fused.matMul({ a: x.reshape([-1, 4]) as tf.Tensor2D, b: tf.eye(4), ...options }),
          ];
        },
      }),
    ),
  ),
);

const windows = (['same', 'valid'] as const).flatMap((pad) =>
  [2, 3].map(
    (size): ParityCase => ({
      name: `windows of ${size}, ${pad}`,
      run: () =>
        [3, 12].flatMap((pixels) => {
          const x = picture(pixels);
          const volume = x.reshape([1, pixels, pixels, 2, 2]) as tf.Tensor5D;
          return [
            tf.maxPool(x, size, 1, pad),
            tf.avgPool(x, size, 1, pad),
            tf.maxPool3d(volume, [size, size, 2], 1, pad),
            tf.avgPool3d(volume, [size, size, 2], 1, pad),
            tf.conv2d(x, tf.ones([size, size, 4, 3]) as tf.Tensor4D, 1, pad),
            tf.depthwiseConv2d(x, tf.ones([size, size, 4, 1]) as tf.Tensor4D, 1, pad),
            tf.dilation2d(x, tf.zeros([size, size, 4]) as tf.Tensor3D, 1, pad),
          ];
        }),
    }),
  ),
);

/** NaN, infinities, negative zero and tiny numbers come out of every kernel as they do on the CPU backend. */
export const specialValueCases: ParityCase[] = [
  ...Object.entries(unary).map(([name, compute]) => ({
    name,
    run: () => [compute(line()), compute(rows())],
  })),
  ...Object.entries(binary).map(([name, compute]) => ({
    name,
    run: () => [
      compute(line().reshape([-1, 1]), line()),
      compute(line(), line().reverse()),
      compute(line(), tf.scalar(nan)),
      compute(tf.scalar(nan), line()),
    ],
  })),
  ...Object.entries(reductions).map(([name, compute]) => ({
    name,
    run: () => [0, 1].flatMap((axis) => [compute(rows(), axis), compute(rows().transpose(), axis)]),
  })),
  { name: 'softmax', run: () => [tf.softmax(rows()), tf.logSoftmax(rows())] },
  {
    name: 'prelu, slopes by row and by column',
    run: () => {
      const x = line().reshape([4, 4]);
      const slopes = tf.tensor1d([0.1, -1, nan, 2]);
      return [tf.prelu(x, slopes), tf.prelu(x, slopes.reshape([4, 1])), tf.prelu(x.cast('int32'), slopes)];
    },
  },
  ...ofNothing,
  picturesOfNothing,
  ...fused,
  ...windows,
];
