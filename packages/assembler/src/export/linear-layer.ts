import type { Affine } from './affine';
import type { GraphLayer, GraphWeight } from './model-graph';

/** The weight whose last axes run over the channels that a linear layer puts out. */
const outerWeights: Readonly<Record<string, string>> = {
  Conv2D: 'kernel',
  // [height, width, channels, multiplier]: channel · multiplier + multiple numbers what it puts out.
  DepthwiseConv2D: 'depthwise_kernel',
  SeparableConv2D: 'pointwise_kernel',
  Dense: 'kernel',
};

/** Whether a layer is linear up to a bias: a convolution or Dense without activation. */
export function isLinear({ className, config }: GraphLayer): boolean {
  return Object.hasOwn(outerWeights, className) && (config.activation ?? 'linear') === 'linear';
}

/**
 * A linear layer with an affine map of its output channels folded in: `kernel · scale`, `bias · scale + offset`, in
 * double precision and rounded once.
 *
 * @returns undefined if single precision cannot hold that
 */
export function foldAfter(layer: GraphLayer, { scale, offset }: Affine): GraphLayer | undefined {
  const outer = outerWeights[layer.className] as string;
  const kernel = layer.weights[outer] as GraphWeight;
  const channels = scale.length;
  const bias = layer.weights.bias?.values;
  return withWeights(layer, {
    [outer]: kernel.values.map((value, index) => value * (scale[index % channels] as number)),
    bias: Float32Array.from(
      offset,
      (shift, channel) => shift + (scale[channel] as number) * (bias?.[channel] ?? 0),
    ),
  });
}

/** Whether every tap of a layer's kernel meets a position of its input, so that {@link foldBefore} is right. */
export function seesNoPadding({ className, config, weights }: GraphLayer): boolean {
  if (className === 'Dense') return true;
  const [height, width] = weights.kernel?.shape ?? [];
  return className === 'Conv2D' && (config.padding !== 'same' || (height === 1 && width === 1));
}

/**
 * A Conv2D or Dense with an affine map of its input channels folded in: the kernel times `scale`, and added to the bias
 * what the kernel makes of `offset`.
 *
 * A Dense behind Flatten reads `positions · channels` values, the channels of a position one behind the other.
 *
 * @returns undefined if single precision cannot hold that
 */
export function foldBefore(layer: GraphLayer, { scale, offset }: Affine): GraphLayer | undefined {
  const kernel = layer.weights.kernel as GraphWeight;
  const outputs = kernel.shape.at(-1) as number;
  const channelOf = (index: number) => Math.floor(index / outputs) % scale.length;
  const bias = Float64Array.from({ length: outputs }, (_, output) => layer.weights.bias?.values[output] ?? 0);
  kernel.values.forEach((value, index) => {
    const output = index % outputs;
    bias[output] = (bias[output] as number) + value * (offset[channelOf(index)] as number);
  });
  return withWeights(layer, {
    kernel: kernel.values.map((value, index) => value * (scale[channelOf(index)] as number)),
    bias: Float32Array.from(bias),
  });
}

function withWeights(
  layer: GraphLayer,
  values: Readonly<Record<string, Float32Array>>,
): GraphLayer | undefined {
  if (!Object.values(values).every((each) => each.every(Number.isFinite))) return undefined;
  const weights = Object.entries(values).map(([name, each]) => {
    return [name, { shape: layer.weights[name]?.shape ?? [each.length], values: each }] as const;
  });
  return {
    ...layer,
    config: { ...layer.config, use_bias: true },
    weights: { ...layer.weights, ...Object.fromEntries(weights) },
  };
}
