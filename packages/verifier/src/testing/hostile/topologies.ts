import { both, inFile, inManifest, inTopology } from '../damage';
import { by, hostile } from './hostile-package';

const TOPOLOGY = 'common.model.json';

const layers = (count: number) => (json: { modelTopology: { config: { layers: unknown[] } } }) => {
  const { config } = json.modelTopology;
  const [first] = config.layers as { config: object }[];
  config.layers = Array.from({ length: count }, (_, index) => ({
    ...first,
    name: `in-${index}`,
    config: { ...first?.config, name: `in-${index}` },
  }));
};

/** Pictures of 4096², and this many layers of them: side by side, or one behind the other. */
const wide = (count: number, activation: string, chain: boolean) =>
  inTopology(TOPOLOGY, (json) => {
    const layer = (name: string, className: string, config: object, ...from: string[]) => ({
      class_name: className,
      name,
      config: { name, ...config },
      inbound_nodes: from.length === 0 ? [] : [from.map((source) => [source, 0, 0, {}])],
    });
    const names = Array.from({ length: count }, (_, index) => `layer-${index}`);
    json.modelTopology.config = {
      name: 'wide',
      layers: [
        layer('in', 'InputLayer', { batch_input_shape: [null, 4096, 4096, 1] }),
        ...names.map((name, index) =>
          layer(name, 'Activation', { activation }, (chain && names[index - 1]) || 'in'),
        ),
        chain
          ? layer('out', 'GlobalMaxPooling2D', {}, names.at(-1) as string)
          : layer('out', 'Add', {}, ...names),
      ],
      input_layers: [['in', 0, 0]],
      output_layers: [['out', 0, 0]],
    };
  });

/** Topologies that no model may have. */
export const topologies = [
  ...hostile('ckn', 'topology', [
    [
      'a topology that is not JSON',
      inFile(TOPOLOGY, () => '{"modelTopology":'),
      by('json', /it is not JSON/),
    ],
    [
      'a topology of 10 000 levels',
      inFile(TOPOLOGY, () => `${'{"a":'.repeat(1e4)}1${'}'.repeat(1e4)}`),
      by('json-depth', /deeper than 64/),
    ],
    [
      'a topology of two million objects',
      inFile(TOPOLOGY, () => `[${'{},'.repeat(2e6)}{}]`),
      by('size', /more than 500000 values/),
    ],
    [
      'a topology of four million numbers',
      inFile(TOPOLOGY, () => `{"a":[${'0,'.repeat(39e5)}0]}`),
      by('size', /more than 500000 values/),
    ],
    [
      'two topologies, of which readers take one',
      inFile(TOPOLOGY, (bytes) =>
        bytes.toString().replace('"modelTopology"', '"modelTopology":{},"modelTopology"'),
      ),
      by('json', /the key "modelTopology" twice/),
    ],
    [
      'a topology behind the one that is looked at',
      inTopology(TOPOLOGY, (json) => {
        json.modelTopology.model_config = { class_name: 'Sequential', config: { layers: [] } };
      }),
      by('topology', /unknown field "model_config"/),
    ],
    [
      'an option under the name that TensorFlow.js takes last',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('features').config.Units = 1e9;
        layer('common-convolution').config.kernelSize = [1e9, 1e9];
      }),
      by('topology', /unknown field "kernelSize"/),
    ],
    [
      'a layer that is not allowed',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('features').class_name = 'LSTM';
      }),
      by('topology', /features is a LSTM, which is not allowed/),
    ],
    [
      'a layer of the host',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('features').class_name = 'CustomLayerOfTheApp';
      }),
      by('topology', /CustomLayerOfTheApp, which is not allowed/),
    ],
    [
      'a layer named as what objects have',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('features').class_name = 'constructor';
      }),
      by('topology', /features is a constructor/),
    ],
    [
      'an optimizer as an initializer',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('features').config.kernel_initializer = { class_name: 'Adam', config: {} };
      }),
      by('topology', /kernel_initializer of the layer features is a Adam/),
    ],
    [
      'layers in a circle',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('common-convolution').inbound_nodes[0][0][0] = 'features';
      }),
      by('topology', /common-convolution reads from features, which does not come before/),
    ],
    [
      'a layer that feeds itself',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('features').inbound_nodes[0][0][0] = 'features';
      }),
      by('topology', /features reads from features/),
    ],
    [
      'a layer that reads from nowhere',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('features').inbound_nodes[0][0][0] = 'nowhere';
      }),
      by('topology', /features reads from nowhere/),
    ],
    [
      'a layer that nothing reads',
      inTopology(TOPOLOGY, (json, layer) => {
        json.modelTopology.config.layers.push({
          ...layer('features'),
          name: 'more',
          config: { ...layer('features').config, name: 'more' },
        });
      }),
      by('topology', /nothing depends on the layer more/),
    ],
    ['5000 layers', inTopology(TOPOLOGY, layers(5000)), by('shape', /5000 layers/)],
    [
      '20 000 connections',
      inTopology(TOPOLOGY, (_, layer) => {
        const node = layer('features').inbound_nodes[0];
        layer('features').inbound_nodes[0] = Array.from({ length: 2e4 }, () => node[0]);
      }),
      by('shape', /200\d+ connections/),
    ],
    [
      'an axis of 10⁹',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('features').config.units = 1e9;
      }),
      by('shape', /units of the layer features is 1000000000/),
    ],
    [
      'a weight of 10⁹ values',
      inTopology(TOPOLOGY, (json, layer) => {
        layer('common-images').config.batch_input_shape = [null, 500, 500, 3];
        Object.assign(layer('features').config, { units: 20000 });
        json.weightsManifest[0].weights[6].shape = [62500, 20000];
      }),
      by('shape', /features\/kernel would be \[62500, 20000\]/),
    ],
    [
      'pictures of 10¹⁰ values',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('common-images').config.batch_input_shape = [null, 60000, 60000, 3];
      }),
      by('shape', /common-images puts out/),
    ],
    [
      'padding of 10⁹ values',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('common-normalization').class_name = 'ZeroPadding2D';
        layer('common-normalization').config = {
          name: 'common-normalization',
          padding: [
            [0, 60000],
            [0, 60000],
          ],
        };
      }),
      by('shape', /common-normalization puts out/),
    ],
    [
      '24 activations of 4096² side by side',
      wide(24, 'relu', false),
      by('shape', /holds 4\d+ values at once/),
    ],
    [
      '2040 activations of 4096² side by side',
      wide(2040, 'relu', false),
      by('shape', /holds 3\d+ values at once/),
    ],
    ['ten mish of 4096²', wide(10, 'mish', true), by('shape', /takes \d+ operations for one picture/)],
    [
      'probes that each take long, and many of them',
      both(
        wide(10, 'tanh', true),
        inManifest((manifest) => {
          manifest.probes.count = 64;
        }),
      ),
      by('shape', /its 64 probes take \d+ operations each/),
    ],
    [
      'pooling of everything everywhere',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('common-images').config.batch_input_shape = [null, 2000, 2000, 3];
        layer('common-normalization').class_name = 'MaxPooling2D';
        layer('common-normalization').config = {
          name: 'common-normalization',
          pool_size: [500, 500],
          strides: [1, 1],
          padding: 'same',
        };
      }),
      by('shape', /windows of the layer common-normalization/),
    ],
    [
      'a negative axis',
      inTopology(TOPOLOGY, (_, layer) => {
        layer('features').config.units = -16;
      }),
      by('topology', /units of the layer features is no whole number/),
    ],
    [
      'a number beyond all numbers',
      inFile(TOPOLOGY, (bytes) => bytes.toString().replace('"momentum":0.99', '"momentum":1e999')),
      by('topology', /momentum of the layer common-normalization is no finite/),
    ],
  ]),
];
