import { type LayerConfig, Refusal, type Shape, wordOf } from './layer-config';

/** What a layer makes of its inputs, as its configuration says. */
export interface LayerInference {
  readonly output: Shape;
  /** Shapes of its weights by name, e.g. `kernel`. */
  readonly weights?: Readonly<Record<string, Shape>>;
  /** Multiply–accumulate operations for one example; normalization, activation and pooling count none. */
  readonly multiplyAdds?: number;
  /** Values that are looked at for one example, where these are more than it puts out: a window's, for pooling. */
  readonly visits?: number;
}

/** A kind of layer: what its configuration may hold, and what follows from it. */
export interface LayerRule {
  /** Fields of its configuration besides those that every layer has. */
  readonly fields: readonly string[];
  /** @throws Refusal */
  infer(config: LayerConfig, inputs: readonly Shape[]): LayerInference;
}

/** A rule for layers of exactly one input. */
export function unary(
  fields: readonly string[],
  infer: (config: LayerConfig, input: Shape) => LayerInference,
): LayerRule {
  return {
    fields,
    infer(config, inputs) {
      const [input, ...others] = inputs;
      if (input !== undefined && others.length === 0) return infer(config, input);
      throw new Refusal('topology', `the layer ${config.layer} has ${inputs.length} inputs in place of one`);
    },
  };
}

/** `[height, width, channels]`. */
export function pictureOf(config: LayerConfig, input: Shape): readonly [number, number, number] {
  wordOf(config, 'data_format', ['channels_last'], 'channels_last');
  if (input.length === 3) return input as unknown as readonly [number, number, number];
  throw new Refusal(
    'topology',
    `the layer ${config.layer} works on pictures, but is given [${input.join(', ')}]`,
  );
}

/** What activations are called in a saved model; those of TensorFlow.js. */
export const activations = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'sigmoid',
  'hard_sigmoid',
  'softmax',
  'log_softmax',
  'softplus',
  'softsign',
  'tanh',
  'swish',
  'mish',
  'gelu',
] as const;
