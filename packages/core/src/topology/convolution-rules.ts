import { LIMITS } from '@factornet/spec';
import {
  flagOf,
  integerOf,
  type LayerConfig,
  pairOf,
  product,
  Refusal,
  type Shape,
  wordOf,
} from './layer-config';
import { activations, type LayerRule, pictureOf, unary } from './layer-rule';

type Pair = readonly [number, number];

/** Length of one axis after a window went over it. Source: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2 */
function slide(size: number, window: number, stride: number, dilation: number, padding: string): number {
  const reach = (window - 1) * dilation + 1;
  return padding === 'same' ? Math.ceil(size / stride) : Math.ceil((size - reach + 1) / stride);
}

/** `[height, width]` after windows went over a picture. @throws Refusal if none fits */
export function windows(
  config: LayerConfig,
  input: Shape,
  window: Pair,
  strides: Pair,
  dilation: Pair = [1, 1],
) {
  const padding = wordOf(config, 'padding', ['same', 'valid'], 'valid');
  const [height, width] = pictureOf(config, input);
  const output = [
    slide(height, window[0], strides[0], dilation[0], padding),
    slide(width, window[1], strides[1], dilation[1], padding),
  ] as const;
  if (output.some((size) => size < 1)) {
    throw new Refusal('topology', `the windows of the layer ${config.layer} do not fit its input`);
  }
  // Backends keep an address for each, whatever the window holds.
  if (product(output) * product(window) > LIMITS.windowTaps) {
    throw new Refusal('shape', `the windows of the layer ${config.layer} look at too many places`);
  }
  return output;
}

const WEIGHTED = [
  'activation',
  'activity_regularizer',
  'use_bias',
  'bias_initializer',
  'bias_regularizer',
  'bias_constraint',
];
const KERNEL = ['kernel_initializer', 'kernel_regularizer', 'kernel_constraint'];
const DEPTHWISE = ['depthwise_initializer', 'depthwise_regularizer', 'depthwise_constraint'];
const POINTWISE = ['pointwise_initializer', 'pointwise_regularizer', 'pointwise_constraint'];
const WINDOWED = ['kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate', ...WEIGHTED];

function geometryOf(config: LayerConfig, input: Shape) {
  wordOf(config, 'activation', activations, 'linear');
  const kernel = pairOf(config, 'kernel_size');
  const strides = pairOf(config, 'strides', 1);
  const dilation = pairOf(config, 'dilation_rate', 1);
  if (product(strides) > 1 && product(dilation) > 1) {
    throw new Refusal('topology', `the layer ${config.layer} has both strides and dilation`);
  }
  const [, , channels] = pictureOf(config, input);
  const output = windows(config, input, kernel, strides, dilation);
  return { kernel, dilation, channels, output, positions: product(output) };
}

const biasOf = (config: LayerConfig, size: number) =>
  flagOf(config, 'use_bias', true) ? { bias: [size] } : {};

const multiplierOf = (config: LayerConfig) =>
  config.values.depth_multiplier == null ? 1 : integerOf(config, 'depth_multiplier');

export const convolutionRules: Readonly<Record<string, LayerRule>> = {
  Conv2D: unary(['filters', ...WINDOWED, ...KERNEL], (config, input) => {
    const { kernel, channels, output, positions } = geometryOf(config, input);
    const filters = integerOf(config, 'filters');
    const shape = [...kernel, channels, filters];
    return {
      output: [...output, filters],
      weights: { kernel: shape, ...biasOf(config, filters) },
      multiplyAdds: product(shape) * positions,
    };
  }),
  DepthwiseConv2D: unary(['depth_multiplier', ...WINDOWED, ...DEPTHWISE], (config, input) => {
    const { kernel, dilation, channels, output, positions } = geometryOf(config, input);
    // TensorFlow.js 4.22 stores it, and convolves without.
    if (product(dilation) > 1) {
      throw new Refusal('topology', `the depthwise layer ${config.layer} is dilated`);
    }
    const multiplier = multiplierOf(config);
    const shape = [...kernel, channels, multiplier];
    return {
      output: [...output, channels * multiplier],
      weights: { depthwise_kernel: shape, ...biasOf(config, channels * multiplier) },
      multiplyAdds: product(shape) * positions,
    };
  }),
  SeparableConv2D: unary(
    ['filters', 'depth_multiplier', ...WINDOWED, ...DEPTHWISE, ...POINTWISE],
    (config, input) => {
      const { kernel, channels, output, positions } = geometryOf(config, input);
      const multiplier = multiplierOf(config);
      const filters = integerOf(config, 'filters');
      const depthwise = [...kernel, channels, multiplier];
      const pointwise = [1, 1, channels * multiplier, filters];
      return {
        output: [...output, filters],
        weights: {
          depthwise_kernel: depthwise,
          pointwise_kernel: pointwise,
          ...biasOf(config, filters),
        },
        multiplyAdds: (product(depthwise) + product(pointwise)) * positions,
      };
    },
  ),
  Dense: unary(['units', ...WEIGHTED, ...KERNEL], (config, input) => {
    wordOf(config, 'activation', activations, 'linear');
    const units = integerOf(config, 'units');
    return {
      output: [...input.slice(0, -1), units],
      weights: { kernel: [input.at(-1) as number, units], ...biasOf(config, units) },
      multiplyAdds: product(input) * units,
    };
  }),
};
