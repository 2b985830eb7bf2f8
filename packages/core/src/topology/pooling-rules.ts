import { windows } from './convolution-rules';
import { checkedInteger, type LayerConfig, pairOf, product, Refusal } from './layer-config';
import { type LayerRule, pictureOf, unary } from './layer-rule';

const pooling = unary(['pool_size', 'strides', 'padding', 'data_format'], (config, input) => {
  const window = pairOf(config, 'pool_size', 2);
  const strides = config.values.strides == null ? window : pairOf(config, 'strides');
  const output = [...windows(config, input, window, strides), pictureOf(config, input)[2]];
  return { output, visits: product(output) * product(window) };
});

const globalPooling = unary(['data_format'], (config, input) => ({
  output: [pictureOf(config, input)[2]],
  visits: product(input),
}));

/** `[[top, bottom], [left, right]]`. */
function paddingOf({ layer, values: { padding } }: LayerConfig): readonly number[] {
  const sides = Array.isArray(padding) && padding.length === 2 ? padding.flat() : [];
  const what = `padding of the layer ${layer}`;
  if (sides.length !== 4) throw new Refusal('topology', `${what} is not [[a, b], [c, d]]`);
  return sides.map((side) => checkedInteger(side, what, 0));
}

export const poolingRules: Readonly<Record<string, LayerRule>> = {
  AveragePooling2D: pooling,
  MaxPooling2D: pooling,
  GlobalAveragePooling2D: globalPooling,
  GlobalMaxPooling2D: globalPooling,
  ZeroPadding2D: unary(['padding', 'data_format'], (config, input) => {
    const [top, bottom, left, right] = paddingOf(config) as [number, number, number, number];
    const [height, width, channels] = pictureOf(config, input);
    return { output: [height + top + bottom, width + left + right, channels] };
  }),
};
