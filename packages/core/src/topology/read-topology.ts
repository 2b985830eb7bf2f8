import { LIMITS } from '@factornet/spec';
import { arrayOf, printable, recordOf } from './json-value';
import { checkedInteger, Refusal } from './layer-config';
import { layerValues } from './layer-fields';
import type { LayerRule } from './layer-rule';

/** A layer as its topology describes it. */
export interface LayerDescription {
  readonly name: string;
  readonly className: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Per input, the layer it comes from. */
  readonly from: readonly string[];
}

/** A model as its topology describes it: layers in order, and which of them are its ends. */
export interface TopologyDescription {
  readonly layers: readonly LayerDescription[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

type Rules = ReadonlyMap<string, LayerRule>;

/** Where pictures or vectors come in. */
export const inputRule: LayerRule = {
  fields: ['sparse'],
  infer({ layer, values: { batch_input_shape: shape, sparse } }, inputs) {
    if (inputs.length > 0) throw new Refusal('topology', `the input layer ${layer} has inputs`);
    if (sparse !== undefined && sparse !== false)
      throw new Refusal('topology', `the input layer ${layer} is sparse`);
    if (!Array.isArray(shape) || shape.length < 2 || shape.length > 4 || shape[0] !== null) {
      throw new Refusal('topology', `the input layer ${layer} has no shape [null, …]`);
    }
    return {
      output: shape.slice(1).map((size) => checkedInteger(size, `the shape of the input layer ${layer}`, 1)),
    };
  },
};

/**
 * Reads `modelTopology` of a `model.json`, no field of it overlooked.
 *
 * @param rules of the allowed layers
 * @throws Refusal
 */
export function readTopology(topology: unknown, rules: Rules): TopologyDescription {
  const fields = ['class_name', 'config', 'keras_version', 'backend'] as const;
  const { class_name: className, config } = recordOf(topology, 'the model', fields);
  const model =
    className === 'Sequential'
      ? readChain(config, rules)
      : className === 'Model' || className === 'Functional'
        ? readGraph(config, rules)
        : undefined;
  if (model === undefined) throw new Refusal('topology', 'the model is no Model or Sequential');
  const { layers, inputs, outputs } = model;
  const connections = layers.reduce((sum, { from }) => sum + from.length, inputs.length + outputs.length);
  if (layers.length > LIMITS.layers || connections > LIMITS.connections) {
    throw new Refusal('shape', `the model has ${layers.length} layers and ${connections} connections`);
  }
  for (const [what, listed] of Object.entries({ layers: layers.map(({ name }) => name), inputs, outputs })) {
    if (listed.length === 0) throw new Refusal('topology', `the model has no ${what}`);
    if (new Set(listed).size !== listed.length) throw new Refusal('topology', `two ${what} have one name`);
  }
  const names = new Set(layers.map(({ name }) => name));
  const other = [...inputs, ...outputs].find((end) => !names.has(end));
  if (other !== undefined) {
    throw new Refusal('topology', `the model names the layer ${other}, which is not there`);
  }
  return model;
}

/** A Sequential: each layer reads from the one before. */
function readChain(config: unknown, rules: Rules): TopologyDescription {
  const layers: LayerDescription[] = [];
  for (const item of layersOf(recordOf(config, 'the model', ['name', 'layers']))) {
    const layer = readLayer(item, rules);
    if (layers.length === 0 && layer.className !== 'InputLayer') {
      // No name of a layer has a colon.
      const { batch_input_shape } = layer.values;
      layers.push({
        name: `${layer.name}:input`,
        className: 'InputLayer',
        values: { batch_input_shape },
        from: [],
      });
    }
    layers.push({ ...layer, from: layers.slice(-1).map(({ name }) => name) });
  }
  const ends = (layer: LayerDescription | undefined) => (layer === undefined ? [] : [layer.name]);
  return { layers, inputs: ends(layers[0]), outputs: ends(layers.at(-1)) };
}

/** A functional model: each layer names those it reads from. */
function readGraph(config: unknown, rules: Rules): TopologyDescription {
  const model = recordOf(config, 'the model', ['name', 'layers', 'input_layers', 'output_layers']);
  const layers = layersOf(model).map((item): LayerDescription => {
    const { name, inbound_nodes: nodes } = recordOf(item, 'a layer', LAYER_FIELDS);
    const layer = readLayer(item, rules);
    if (name !== layer.name) throw new Refusal('topology', `the layer ${layer.name} has two names`);
    const [call = [], ...others] = arrayOf(nodes, `inbound_nodes of the layer ${layer.name}`);
    if (others.length > 0) throw new Refusal('topology', `the layer ${layer.name} is used more than once`);
    return { ...layer, from: arrayOf(call, `inbound_nodes of the layer ${layer.name}`).map(connectionOf) };
  });
  return {
    layers,
    inputs: arrayOf(model.input_layers, 'input_layers of the model').map(connectionOf),
    outputs: arrayOf(model.output_layers, 'output_layers of the model').map(connectionOf),
  };
}

const LAYER_FIELDS = ['class_name', 'config', 'name', 'inbound_nodes'] as const;

function layersOf({
  name,
  layers,
}: {
  readonly name?: unknown;
  readonly layers?: unknown;
}): readonly unknown[] {
  if (name !== undefined) checkedName(name, 'the model');
  return arrayOf(layers, 'the layers of the model');
}

function readLayer(item: unknown, rules: Rules): Omit<LayerDescription, 'from'> {
  const { class_name: className, config } = recordOf(item, 'a layer', LAYER_FIELDS);
  const name = checkedName(Object(config).name, 'a layer');
  const rule = rules.get(className as string);
  if (rule === undefined) {
    throw new Refusal(
      'topology',
      `the layer ${name} is a ${printable(String(className))}, which is not allowed`,
    );
  }
  return { name, className: className as string, values: layerValues(config, name, rule.fields) };
}

/** `["layer", 0, 0]` or `["layer", 0, 0, {}]`: layers are called once and have one output. */
function connectionOf(value: unknown): string {
  const [layer, node, tensor, options = {}, ...more] = arrayOf(value, 'a connection');
  const name = checkedName(layer, 'a layer');
  recordOf(options, `a connection from ${name}`, []);
  if (node === 0 && tensor === 0 && more.length === 0) return name;
  throw new Refusal('topology', `a connection from ${name} is not from its only output`);
}

/** TensorFlow.js names variables after layers, and keeps them under these names in plain objects. */
function checkedName(value: unknown, what: string): string {
  if (typeof value === 'string' && /^[A-Za-z0-9][-A-Za-z0-9._/]{0,199}$/.test(value) && !(value in {}))
    return value;
  throw new Refusal('topology', `${what} has no name of letters, digits and ._-/`);
}
