import {
  checkedInteger,
  flagOf,
  type LayerConfig,
  product,
  Refusal,
  type Shape,
  wordOf,
} from './layer-config';
import { activations, type LayerRule, unary } from './layer-rule';

const unchanged = unary((_config, input) => ({ output: input }));

/** Adds, multiplies or compares inputs of one shape. */
const merge: LayerRule = ({ layer }, inputs) => {
  const [first, ...others] = inputs;
  const equal = others.every((other) => other.join() === first?.join());
  if (first === undefined || others.length === 0 || !equal) {
    throw new Refusal('topology', `the layer ${layer} merges inputs of different shapes, or fewer than two`);
  }
  return { output: first };
};

function axisOf({ layer, values }: LayerConfig, rank: number): number {
  const axis = values.axis ?? -1;
  // The batch axis counts, but nothing is joined or normalized along it.
  if (axis === -1 || axis === rank) return rank - 1;
  throw new Refusal('topology', `the layer ${layer} works along the axis ${String(axis)}, not the last one`);
}

export const elementwiseRules: Readonly<Record<string, LayerRule>> = {
  Activation: unary((config, input) => {
    wordOf(config, 'activation', activations);
    return { output: input };
  }),
  ReLU: unchanged,
  LeakyReLU: unchanged,
  ELU: unchanged,
  Softmax: unchanged,
  Dropout: unchanged,
  SpatialDropout2D: unchanged,
  GaussianNoise: unchanged,
  Add: merge,
  Multiply: merge,
  Average: merge,
  Maximum: merge,
  Minimum: merge,
  Concatenate: (config, inputs) => {
    const [first, ...others] = inputs;
    if (first === undefined || others.length === 0) {
      throw new Refusal('topology', `the layer ${config.layer} joins fewer than two inputs`);
    }
    const last = axisOf(config, first.length);
    const rest = (shape: Shape) => shape.slice(0, last).join();
    if (others.some((other) => other.length !== first.length || rest(other) !== rest(first))) {
      throw new Refusal('topology', `the layer ${config.layer} joins inputs of different shapes`);
    }
    const joined = inputs.reduce((sum, shape) => sum + (shape[last] as number), 0);
    return { output: [...first.slice(0, last), joined] };
  },
  BatchNormalization: unary((config, input) => {
    const size = [input[axisOf(config, input.length)] as number];
    return {
      output: input,
      weights: {
        ...(flagOf(config, 'scale', true) && { gamma: size }),
        ...(flagOf(config, 'center', true) && { beta: size }),
        moving_mean: size,
        moving_variance: size,
      },
    };
  }),
  Flatten: unary((_config, input) => ({ output: [product(input)] })),
  Reshape: unary((config, input) => {
    const target = config.values.target_shape;
    if (!Array.isArray(target) || target.length === 0 || target.length > 4) {
      throw new Refusal('topology', `target_shape of the layer ${config.layer} is no shape`);
    }
    const what = `target_shape of the layer ${config.layer}`;
    const known = target
      .filter((size) => size !== -1 && size !== null)
      .map((size) => checkedInteger(size, what, 1));
    const missing = target.length - known.length;
    const left = product(input) / product(known);
    if (missing > 1 || !Number.isInteger(left) || (missing === 0 && left !== 1)) {
      throw new Refusal('topology', `${what} does not hold what comes in`);
    }
    return { output: target.map((size) => (size === -1 || size === null ? left : (size as number))) };
  }),
};
