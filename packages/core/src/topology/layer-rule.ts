import { type LayerConfig, Refusal, type Shape } from './layer-config';

/** What a layer makes of its inputs, as its configuration says. */
export interface LayerInference {
  readonly output: Shape;
  /** Shapes of its weights by name, e.g. `kernel`. */
  readonly weights?: Readonly<Record<string, Shape>>;
  /** Multiply–accumulate operations for one example; normalization, activation and pooling count none. */
  readonly multiplyAdds?: number;
}

/** Infers a layer from its configuration and the shapes that come in. @throws Refusal */
export type LayerRule = (config: LayerConfig, inputs: readonly Shape[]) => LayerInference;

/** A rule for layers of exactly one input. */
export function unary(rule: (config: LayerConfig, input: Shape) => LayerInference): LayerRule {
  return (config, inputs) => {
    if (inputs.length !== 1) {
      throw new Refusal('topology', `the layer ${config.layer} has ${inputs.length} inputs in place of one`);
    }
    return rule(config, inputs[0] as Shape);
  };
}

/** `[height, width, channels]`. */
export function pictureOf({ layer }: LayerConfig, input: Shape): readonly [number, number, number] {
  if (input.length === 3) return input as unknown as readonly [number, number, number];
  throw new Refusal('topology', `the layer ${layer} works on pictures, but is given [${input.join(', ')}]`);
}

/** What activations may be called; those of TensorFlow.js. */
export const activations = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'sigmoid',
  'hardSigmoid',
  'hard_sigmoid',
  'softmax',
  'softplus',
  'softsign',
  'tanh',
  'swish',
  'mish',
  'gelu',
  'gelu_new',
] as const;
