import {
  checkedInteger,
  flagOf,
  type LayerConfig,
  numberOf,
  product,
  Refusal,
  type Shape,
  wordOf,
} from './layer-config';
import { activations, type LayerRule, unary } from './layer-rule';

/** Adds, multiplies or compares inputs of one shape. */
const merge: LayerRule = {
  fields: [],
  infer({ layer }, inputs) {
    const [first, ...others] = inputs;
    const equal = others.every((other) => other.join() === first?.join());
    if (first === undefined || others.length === 0 || !equal) {
      throw new Refusal(
        'topology',
        `the layer ${layer} merges inputs of different shapes, or fewer than two`,
      );
    }
    return { output: first, visits: inputs.length * product(first) };
  },
};

/** A layer that gives every value another and does nothing else, if these of its numbers are in range. */
const elementwise = (
  fields: Readonly<Record<string, readonly [least: number, most: number, fallback: number]>>,
  ...unused: readonly string[]
) =>
  unary([...Object.keys(fields), ...unused], (config, input) => {
    for (const [field, [least, most, fallback]] of Object.entries(fields)) {
      numberOf(config, field, [least, most], fallback);
    }
    return { output: input };
  });

const ANY: readonly [number, number] = [-3e38, 3e38];

function axisOf({ layer, values }: LayerConfig, rank: number, fallback = -1): number {
  const axis = values.axis ?? fallback;
  // The batch axis counts, but nothing is joined or normalized along it.
  if (axis === -1 || axis === rank) return rank - 1;
  throw new Refusal('topology', `the layer ${layer} does not work along the last axis`);
}

const NORMALIZATION = [
  ...['axis', 'momentum', 'epsilon', 'center', 'scale'],
  ...['beta', 'gamma', 'moving_mean', 'moving_variance'].map((name) => `${name}_initializer`),
  ...['beta', 'gamma'].flatMap((name) => [`${name}_regularizer`, `${name}_constraint`]),
];

export const elementwiseRules: Readonly<Record<string, LayerRule>> = {
  Activation: unary(['activation'], (config, input) => {
    wordOf(config, 'activation', activations, 'linear');
    return { output: input };
  }),
  ReLU: elementwise({ max_value: [0, ANY[1], 0] }),
  LeakyReLU: elementwise({ alpha: [...ANY, 0.3] }),
  // TensorFlow.js has no other.
  ELU: elementwise({ alpha: [1, 1, 1] }),
  Softmax: unary(['axis'], (config, input) => {
    axisOf(config, input.length, 1);
    return { output: input };
  }),
  Rescaling: elementwise({ scale: [...ANY, Number.NaN], offset: [...ANY, 0] }),
  Dropout: elementwise({ rate: [0, 1, 0] }, 'noise_shape', 'seed'),
  GaussianNoise: elementwise({ stddev: [...ANY, 0] }),
  Add: merge,
  Multiply: merge,
  Average: merge,
  Maximum: merge,
  Minimum: merge,
  Concatenate: {
    fields: ['axis'],
    infer(config, inputs) {
      const [first, ...others] = inputs;
      if (first === undefined || others.length === 0) {
        throw new Refusal('topology', `the layer ${config.layer} joins fewer than two inputs`);
      }
      const last = axisOf(config, first.length);
      const rest = (shape: Shape) => shape.slice(0, last).join();
      if (others.some((other) => other.length !== first.length || rest(other) !== rest(first))) {
        throw new Refusal('topology', `the layer ${config.layer} joins inputs of different shapes`);
      }
      return {
        output: [...first.slice(0, last), inputs.reduce((sum, shape) => sum + (shape[last] as number), 0)],
      };
    },
  },
  BatchNormalization: unary(NORMALIZATION, (config, input) => {
    numberOf(config, 'momentum', [0, 1], 0.99);
    numberOf(config, 'epsilon', [0, 1], 1e-3);
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
  Flatten: unary(['data_format'], (config, input) => {
    wordOf(config, 'data_format', ['channels_last'], 'channels_last');
    if (input.length > 1) return { output: [product(input)] };
    throw new Refusal('topology', `the layer ${config.layer} flattens what is flat`);
  }),
  Reshape: unary(['target_shape'], (config, input) => {
    const target = config.values.target_shape;
    const what = `target_shape of the layer ${config.layer}`;
    if (!Array.isArray(target) || target.length === 0 || target.length > 3) {
      throw new Refusal('topology', `${what} is no shape`);
    }
    // Not -1, for the size that is left: TensorFlow.js does not work it out until it runs.
    const output = target.map((size) => checkedInteger(size, what, 1));
    if (product(output) === product(input)) return { output };
    throw new Refusal('topology', `${what} does not hold what comes in`);
  }),
};
