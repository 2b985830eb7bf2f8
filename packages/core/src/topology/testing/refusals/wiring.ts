import type { RefusalCase } from './refusal-case';

/** How layers may not be joined. */
export const wiring: readonly RefusalCase[] = [
  [
    'a circle',
    (_, layer) => (layer('norm').inbound_nodes[0][0][0] = 'right'),
    'topology',
    /norm reads from right, which does not come before/,
  ],
  [
    'a layer that reads from itself',
    (_, layer) => (layer('norm').inbound_nodes[0][0][0] = 'norm'),
    'topology',
    /norm reads from norm/,
  ],
  [
    'a gap',
    (_, layer) => (layer('norm').inbound_nodes[0][0][0] = 'nowhere'),
    'topology',
    /norm reads from nowhere/,
  ],
  [
    'a second output of a layer',
    (_, layer) => (layer('norm').inbound_nodes[0][0][2] = 1),
    'topology',
    /connection from stem is not from its only output/,
  ],
  [
    'a second call of a layer',
    (_, layer) => layer('norm').inbound_nodes.push(layer('norm').inbound_nodes[0]),
    'topology',
    /norm is used more than once/,
  ],
  [
    'arguments of a call',
    (_, layer) => (layer('norm').inbound_nodes[0][0][3] = { training: true }),
    'topology',
    /a connection from stem has the unknown field "training"/,
  ],
  [
    'a longer connection',
    (_, layer) => layer('norm').inbound_nodes[0][0].push(1),
    'topology',
    /connection from stem/,
  ],
  [
    'a layer without inputs',
    (_, layer) => (layer('norm').inbound_nodes = []),
    'topology',
    /norm has 0 inputs/,
  ],
  [
    'inputs that are no list',
    (_, layer) => (layer('norm').inbound_nodes = { length: 1 }),
    'topology',
    /inbound_nodes of the layer norm is no list/,
  ],
  [
    'two names of a layer',
    (_, layer) => {
      layer('norm').name = 'other';
    },
    'topology',
    /norm has two names/,
  ],
  [
    'two layers of a name',
    (json) => json.modelTopology.config.layers.push(json.modelTopology.config.layers[1]),
    'topology',
    /two layers have one name/,
  ],
  [
    'a layer for nothing',
    (json, layer) =>
      json.modelTopology.config.layers.push({
        ...layer('flat'),
        name: 'idle',
        config: { ...layer('flat').config, name: 'idle' },
      }),
    'topology',
    /nothing depends on the layer idle/,
  ],
  [
    'an input for nothing',
    (json, layer) =>
      json.modelTopology.config.layers.push({
        ...layer('pictures'),
        name: 'idle',
        config: { ...layer('pictures').config, name: 'idle' },
      }),
    'topology',
    /nothing depends on the layer idle/,
  ],
  [
    'an input that is not listed',
    (json) => (json.modelTopology.config.input_layers = [['stem', 0, 0]]),
    'topology',
    /stem is an input of the model, or an InputLayer, but not both/,
  ],
  [
    'no inputs',
    (json) => (json.modelTopology.config.input_layers = []),
    'topology',
    /the model has no inputs/,
  ],
  [
    'no outputs',
    (json) => (json.modelTopology.config.output_layers = []),
    'topology',
    /the model has no outputs/,
  ],
  [
    'no layers',
    (json) => {
      json.modelTopology.config.layers = [];
    },
    'topology',
    /the model has no layers/,
  ],
  [
    'an input twice',
    (json) => json.modelTopology.config.input_layers.push(['pictures', 0, 0]),
    'topology',
    /two inputs have one name/,
  ],
  [
    'an output that is not there',
    (json) => (json.modelTopology.config.output_layers = [['nowhere', 0, 0]]),
    'topology',
    /the layer nowhere, which is not there/,
  ],
  [
    'layers that are no list',
    (json) => (json.modelTopology.config.layers = 'none'),
    'topology',
    /the layers of the model is no list/,
  ],
  [
    'a layer that is no object',
    (json) => (json.modelTopology.config.layers[1] = null),
    'topology',
    /a layer is no object/,
  ],
  [
    'an InputLayer with inputs',
    (_, layer) => (layer('pictures').inbound_nodes = [[['pictures', 0, 0, {}]]]),
    'topology',
    /pictures reads from pictures/,
  ],
];
