import { type LayersModel, layers, model, type SymbolicTensor, input as tfInput } from '@tensorflow/tfjs';
import type { Shape } from '../layer-config';

/** One real layer, to be held against what is inferred of it. */
export interface LayerCase {
  readonly name: string;
  readonly className: string;
  readonly build: () => LayersModel;
  /** By hand: multiplications of a window's or row's values, at each place that it visits. */
  readonly multiplyAdds: number;
}

type Layer = ReturnType<typeof layers.dense>;

const PICTURE = [8, 7, 3];
const ODD = [9, 5, 2];

/** Layers of TensorFlow.js in the ways that they are configured. A part of the tests. */
export const layerCases: readonly LayerCase[] = [
  ...of(
    'Conv2D',
    [[PICTURE], 9 * 3 * 4 * (6 * 5), () => layers.conv2d({ filters: 4, kernelSize: 3 })],
    [
      [PICTURE],
      6 * 3 * 4 * (4 * 3),
      () =>
        layers.conv2d({ filters: 4, kernelSize: [3, 2], strides: [2, 3], padding: 'same', useBias: false }),
    ],
    [[ODD], 4 * 2 * 1 * (7 * 3), () => layers.conv2d({ filters: 1, kernelSize: 2, dilationRate: 2 })],
    [[[4, 4, 1]], 16 * 2, () => layers.conv2d({ filters: 2, kernelSize: 4, strides: 4, activation: 'relu' })],
  ),
  ...of(
    'DepthwiseConv2D',
    [[PICTURE], 9 * 3 * (6 * 5), () => layers.depthwiseConv2d({ kernelSize: 3 })],
    [
      [PICTURE],
      9 * 3 * 2 * (4 * 4),
      () =>
        layers.depthwiseConv2d({
          kernelSize: 3,
          strides: 2,
          padding: 'same',
          depthMultiplier: 2,
          useBias: false,
        }),
    ],
  ),
  ...of(
    'SeparableConv2D',
    [[PICTURE], (9 * 3 + 3 * 5) * (6 * 5), () => layers.separableConv2d({ filters: 5, kernelSize: 3 })],
    [
      [PICTURE],
      (9 * 3 + 3 * 5) * (4 * 4),
      () =>
        layers.separableConv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same', useBias: false }),
    ],
  ),
  ...of(
    'Dense',
    [[[6]], 6 * 4, () => layers.dense({ units: 4, activation: 'softmax' })],
    [[[5, 6]], 5 * 6 * 4, () => layers.dense({ units: 4, useBias: false })],
    [[PICTURE], 8 * 7 * 3 * 2, () => layers.dense({ units: 2 })],
  ),
  ...of(
    'AveragePooling2D',
    [[PICTURE], 0, () => layers.averagePooling2d({ poolSize: 2 })],
    [[ODD], 0, () => layers.averagePooling2d({ poolSize: [3, 2], strides: [1, 2], padding: 'same' })],
  ),
  ...of(
    'MaxPooling2D',
    [[PICTURE], 0, () => layers.maxPooling2d({ poolSize: 3, strides: 2 })],
    [[ODD], 0, () => layers.maxPooling2d({ poolSize: 2, padding: 'same' })],
  ),
  ...of('GlobalAveragePooling2D', [[PICTURE], 0, () => layers.globalAveragePooling2d({})]),
  ...of('GlobalMaxPooling2D', [[PICTURE], 0, () => layers.globalMaxPooling2d({})]),
  ...of(
    'ZeroPadding2D',
    [
      [PICTURE],
      0,
      () =>
        layers.zeroPadding2d({
          padding: [
            [0, 1],
            [2, 3],
          ],
        }),
    ],
    [[PICTURE], 0, () => layers.zeroPadding2d({ padding: 1 })],
  ),
  ...of(
    'Activation',
    ...[
      ...[
        'linear',
        'relu',
        'relu6',
        'elu',
        'selu',
        'sigmoid',
        'hardSigmoid',
        'softmax',
        'logSoftmax',
        'softplus',
      ],
      ...['softsign', 'tanh', 'swish', 'mish', 'gelu'],
    ].map((activation): Built => [[[6]], 0, () => layers.activation({ activation: activation as 'relu' })]),
  ),
  ...of('ReLU', [[PICTURE], 0, () => layers.reLU()], [[[6]], 0, () => layers.reLU({ maxValue: 6 })]),
  ...of('LeakyReLU', [[PICTURE], 0, () => layers.leakyReLU({ alpha: 0.1 })]),
  ...of('ELU', [[PICTURE], 0, () => layers.elu()]),
  ...of('Softmax', [[[6]], 0, () => layers.softmax()], [[PICTURE], 0, () => layers.softmax({ axis: -1 })]),
  ...of(
    'Rescaling',
    [[[6]], 0, () => layers.rescaling({ scale: 2 ** 100 })],
    [[PICTURE], 0, () => layers.rescaling({ scale: 0.1, offset: -3 })],
  ),
  ...of('Dropout', [[PICTURE], 0, () => layers.dropout({ rate: 0.5, seed: 1 })]),
  ...of('GaussianNoise', [[[6]], 0, () => layers.gaussianNoise({ stddev: 0.1 })]),
  ...(['add', 'multiply', 'average', 'maximum', 'minimum'] as const).flatMap((name) =>
    of(
      `${name[0]?.toUpperCase()}${name.slice(1)}`,
      [[[6], [6], [6]], 0, () => layers[name]()],
      [[PICTURE, PICTURE], 0, () => layers[name]()],
    ),
  ),
  ...of(
    'Concatenate',
    [[[6], [2], [1]], 0, () => layers.concatenate()],
    [[PICTURE, [8, 7, 1]], 0, () => layers.concatenate({ axis: 3 })],
  ),
  ...of(
    'BatchNormalization',
    [[PICTURE], 0, () => layers.batchNormalization()],
    [[[6]], 0, () => layers.batchNormalization({ axis: 1, center: false, epsilon: 1e-5 })],
    [[[5, 6]], 0, () => layers.batchNormalization({ scale: false })],
  ),
  ...of('Flatten', [[PICTURE], 0, () => layers.flatten()], [[[5, 6]], 0, () => layers.flatten()]),
  ...of(
    'Reshape',
    [[[6]], 0, () => layers.reshape({ targetShape: [3, 2] })],
    [[PICTURE], 0, () => layers.reshape({ targetShape: [14, 12] })],
    [[[6]], 0, () => layers.reshape({ targetShape: [1, 3, 2] })],
  ),
];

type Built = readonly [inputs: readonly Shape[], multiplyAdds: number, layer: () => unknown];

function of(className: string, ...built: readonly Built[]): LayerCase[] {
  return built.map(([shapes, multiplyAdds, makeLayer], index) => ({
    name: `${className} ${index + 1}, given ${shapes.map((shape) => `[${shape.join(', ')}]`).join(' and ')}`,
    className,
    multiplyAdds,
    build() {
      const inputs = shapes.map((shape, at) => tfInput({ shape: [...shape], name: `in-${at}` }));
      const layer = makeLayer() as Layer;
      const [first] = inputs;
      const outputs = layer.apply(inputs.length === 1 ? (first as SymbolicTensor) : inputs);
      return model({ inputs, outputs: outputs as SymbolicTensor });
    },
  }));
}
