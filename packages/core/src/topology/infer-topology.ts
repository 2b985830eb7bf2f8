import { LIMITS } from '@factornet/spec';
import { convolutionRules } from './convolution-rules';
import { elementwiseRules } from './elementwise-rules';
import { checkedInteger, isRecord, product, Refusal, type Shape } from './layer-config';
import type { LayerRule } from './layer-rule';
import { poolingRules } from './pooling-rules';

/**
 * The layers that a packed model may consist of. All of TensorFlow.js's that compute on vectors and pictures and
 * whose shapes follow from their configuration; none of them can run code or reach outside the model.
 */
const rules: ReadonlyMap<string, LayerRule> = new Map(
  Object.entries({ ...convolutionRules, ...poolingRules, ...elementwiseRules }),
);

/** What a topology says of its model, worked out without making one. */
export interface InferredTopology {
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  /** By name, as weight specifications name them: `layer/kernel`. */
  readonly weights: ReadonlyMap<string, Shape>;
  readonly multiplyAdds: number;
}

interface Layer {
  readonly name: string;
  readonly className: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Per input, the layer it comes from. */
  readonly from: readonly string[];
}

/**
 * Works out every shape, weight and operation of a Layers model from its topology (`modelTopology` of a
 * `model.json`), in order to know what it will allocate before it does.
 *
 * Models are graphs of allow-listed layers, each called once, with one output each; no models within models.
 *
 * @throws Refusal
 */
export function inferTopology(topology: unknown): InferredTopology {
  const { className, config } = classAndConfig(topology, 'the model');
  if (className === 'Sequential') return inferGraph(...chain(config));
  if (className === 'Model' || className === 'Functional') return inferGraph(...graph(config));
  throw new Refusal('topology', `the model is a ${className}, not a Model or Sequential`);
}

function inferGraph(
  layers: readonly Layer[],
  inputs: readonly string[],
  outputs: readonly string[],
): InferredTopology {
  if (layers.length > LIMITS.layers) {
    throw new Refusal('shape', `the model has ${layers.length} layers, above ${LIMITS.layers}`);
  }
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  if (byName.size !== layers.length) throw new Refusal('topology', 'two layers have one name');
  const shapes = new Map<string, Shape>();
  const weights = new Map<string, Shape>();
  let multiplyAdds = 0;
  // A layer may come before those it reads from, so go round until nothing is left; a cycle leaves something.
  const waiting = new Map<string, number>(layers.map(({ name, from }) => [name, new Set(from).size]));
  const readers = new Map<string, string[]>();
  for (const { name, from } of layers) {
    for (const source of new Set(from)) {
      if (!byName.has(source))
        throw new Refusal('topology', `the layer ${name} reads from ${source}, which is not there`);
      readers.set(source, [...(readers.get(source) ?? []), name]);
    }
  }
  const ready = layers.filter(({ from }) => from.length === 0);
  for (let layer = ready.pop(); layer !== undefined; layer = ready.pop()) {
    const config = { layer: layer.name, values: layer.values };
    const inferred =
      layer.className === 'InputLayer'
        ? { output: inputShape(layer) }
        : ruleOf(layer)(
            config,
            layer.from.map((source) => shapes.get(source) as Shape),
          );
    checkActivations(layer.name, inferred.output);
    shapes.set(layer.name, inferred.output);
    for (const [name, shape] of Object.entries(inferred.weights ?? {})) {
      checkWeight(`${layer.name}/${name}`, shape);
      weights.set(`${layer.name}/${name}`, shape);
    }
    multiplyAdds += inferred.multiplyAdds ?? 0;
    for (const reader of readers.get(layer.name) ?? []) {
      const left = (waiting.get(reader) as number) - 1;
      waiting.set(reader, left);
      if (left === 0) ready.push(byName.get(reader) as Layer);
    }
  }
  const stuck = layers.find(({ name }) => !shapes.has(name));
  if (stuck !== undefined)
    throw new Refusal('topology', `the layer ${stuck.name} reads from itself, in a circle`);
  const shapeOf = (name: string) => {
    const shape = shapes.get(name);
    if (shape === undefined)
      throw new Refusal('topology', `the model names the layer ${name}, which is not there`);
    return shape;
  };
  for (const name of inputs) {
    if (byName.get(name)?.className !== 'InputLayer') {
      throw new Refusal('topology', `the model's input ${name} is no InputLayer`);
    }
  }
  if (inputs.length === 0 || outputs.length === 0)
    throw new Refusal('topology', 'the model has no input or no output');
  return { inputs: inputs.map(shapeOf), outputs: outputs.map(shapeOf), weights, multiplyAdds };
}

function ruleOf({ name, className, from }: Layer): LayerRule {
  const rule = rules.get(className);
  if (rule === undefined)
    throw new Refusal('topology', `the layer ${name} is a ${className}, which is not allowed`);
  if (from.length === 0) throw new Refusal('topology', `the layer ${name} has no input`);
  return rule;
}

function inputShape({ name, values, from }: Layer): Shape {
  const shape = values.batch_input_shape;
  if (from.length > 0) throw new Refusal('topology', `the input layer ${name} has inputs`);
  if (values.dtype !== undefined && values.dtype !== 'float32') {
    throw new Refusal('topology', `the input layer ${name} is not of float32`);
  }
  if (!Array.isArray(shape) || shape.length < 2 || shape.length > 4 || shape[0] !== null) {
    throw new Refusal('topology', `the input layer ${name} has no shape [null, …]`);
  }
  return shape.slice(1).map((size) => checkedInteger(size, `the shape of the input layer ${name}`, 1));
}

function checkActivations(name: string, shape: Shape): void {
  if (product(shape) > LIMITS.activationElements) {
    throw new Refusal('shape', `the layer ${name} puts out [${shape.join(', ')}] for one picture`);
  }
}

function checkWeight(name: string, shape: Shape): void {
  const large =
    shape.some((size) => size > LIMITS.activationElements) || product(shape) > LIMITS.weightElements;
  if (large) throw new Refusal('shape', `the weight ${name} would be [${shape.join(', ')}]`);
}

/** A Sequential: each layer reads from the one before. */
function chain(config: Readonly<Record<string, unknown>>): [Layer[], string[], string[]] {
  const layers: Layer[] = [];
  for (const item of arrayOf(config.layers, 'the layers of the model')) {
    const { className, config: values } = classAndConfig(item, 'a layer');
    const name = nameOf(values.name);
    if (layers.length === 0 && className !== 'InputLayer') {
      const input = { ...values, dtype: values.dtype ?? 'float32' };
      layers.push({ name: `${name}:input`, className: 'InputLayer', values: input, from: [] });
    }
    layers.push({ name, className, values, from: layers.slice(-1).map((previous) => previous.name) });
  }
  const [first] = layers;
  if (first === undefined) throw new Refusal('topology', 'the model has no layers');
  return [layers, [first.name], [(layers.at(-1) as Layer).name]];
}

/** A functional model: each layer names those it reads from. */
function graph(config: Readonly<Record<string, unknown>>): [Layer[], string[], string[]] {
  const layers = arrayOf(config.layers, 'the layers of the model').map((item): Layer => {
    const { className, config: values } = classAndConfig(item, 'a layer');
    const { name, inbound_nodes: nodes } = item as { name?: unknown; inbound_nodes?: unknown };
    const layer = nameOf(name);
    if (nameOf(values.name) !== layer) throw new Refusal('topology', `the layer ${layer} has two names`);
    const calls = arrayOf(nodes, `inbound_nodes of the layer ${layer}`);
    if (calls.length > 1) throw new Refusal('topology', `the layer ${layer} is used more than once`);
    const from =
      calls.length === 0 ? [] : arrayOf(calls[0], `inbound_nodes of the layer ${layer}`).map(tensorOf);
    return { name: layer, className, values, from };
  });
  const ends = (key: string) => arrayOf(config[key], `${key} of the model`).map(tensorOf);
  return [layers, ends('input_layers'), ends('output_layers')];
}

/** `["layer", 0, 0]` or `["layer", 0, 0, {}]`: layers are called once and have one output. */
function tensorOf(value: unknown): string {
  const [name, node, tensor, options] = arrayOf(value, 'a connection');
  const plain = options === undefined || (isRecord(options) && Object.keys(options).length === 0);
  if (node !== 0 || tensor !== 0 || !plain) {
    throw new Refusal('topology', `a connection from ${String(name).slice(0, 80)} is not to its only output`);
  }
  return nameOf(name);
}

function classAndConfig(value: unknown, what: string) {
  const { class_name: className, config } = (isRecord(value) ? value : {}) as {
    class_name?: unknown;
    config?: unknown;
  };
  if (typeof className !== 'string' || !isRecord(config)) {
    throw new Refusal('topology', `${what} has no class_name and config`);
  }
  return { className: className.slice(0, 80), config };
}

/** Names become object keys in TensorFlow.js, so those that objects have of their own are out. */
function nameOf(value: unknown): string {
  if (typeof value === 'string' && /^[\w.-][\w./: -]{0,199}$/.test(value) && !(value in {})) return value;
  throw new Refusal('topology', 'a layer has no name of letters, digits and ._-/');
}

function arrayOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Refusal('topology', `${what} is no list`);
}
