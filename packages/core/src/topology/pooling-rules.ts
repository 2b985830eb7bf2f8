import { windows } from './convolution-rules';
import { checkedInteger, type LayerConfig, pairOf, Refusal, type Shape, wordOf } from './layer-config';
import { type LayerRule, pictureOf, unary } from './layer-rule';

const pooling = unary((config, input) => {
  const window = pairOf(config, 'pool_size');
  const strides = config.values.strides == null ? window : pairOf(config, 'strides');
  return { output: [...windows(config, input, window, strides), pictureOf(config, input)[2]] };
});

const globalPooling = unary((config, input) => {
  wordOf(config, 'data_format', ['channels_last'], 'channels_last');
  return { output: [pictureOf(config, input)[2]] };
});

/** `[[top, bottom], [left, right]]`. */
function paddingOf({ layer, values: { padding } }: LayerConfig): readonly number[] {
  const sides = Array.isArray(padding) ? padding.flat() : [];
  if (sides.length !== 4)
    throw new Refusal('topology', `padding of the layer ${layer} is not [[a, b], [c, d]]`);
  return sides.map((side) => checkedInteger(side, `padding of the layer ${layer}`, 0));
}

export const poolingRules: Readonly<Record<string, LayerRule>> = {
  AveragePooling2D: pooling,
  MaxPooling2D: pooling,
  GlobalAveragePooling2D: globalPooling,
  GlobalMaxPooling2D: globalPooling,
  ZeroPadding2D: unary((config, input) => {
    wordOf(config, 'data_format', ['channels_last'], 'channels_last');
    const [top, bottom, left, right] = paddingOf(config) as [number, number, number, number];
    const [height, width, channels] = pictureOf(config, input);
    return { output: [height + top + bottom, width + left + right, channels] satisfies Shape };
  }),
};
