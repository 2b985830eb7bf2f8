import type { RefusalCase } from './refusal-case';

/** Sizes that a layer may not have. */
export const shapes: readonly RefusalCase[] = [
  [
    'an axis of 10⁹',
    (_, layer) => (layer('stem').config.filters = 1e9),
    'shape',
    /filters of the layer stem is 1000000000, above 65536/,
  ],
  [
    'a weight of 4·10⁹ values',
    (_, layer) => {
      layer('features').config.units = 65536;
      layer('pictures').config.batch_input_shape = [null, 512, 512, 3];
    },
    'shape',
    /features\/kernel would be \[262144, 65536\]/,
  ],
  [
    'an output of 10¹⁰ values',
    (_, layer) => (layer('pictures').config.batch_input_shape = [null, 60000, 60000, 3]),
    'shape',
    /the layer pictures puts out \[60000, 60000, 3\]/,
  ],
  [
    'a window that looks everywhere',
    (_, layer) =>
      Object.assign(layer('pool').config, { pool_size: [2000, 2000], strides: [1, 1], padding: 'same' }),
    'shape',
    /windows of the layer pool look at too many places/,
  ],
  [
    'half a filter',
    (_, layer) => (layer('stem').config.filters = 1.5),
    'topology',
    /filters of the layer stem is no whole number from 1/,
  ],
  [
    'no filters',
    (_, layer) => {
      layer('stem').config.filters = 0;
    },
    'topology',
    /filters of the layer stem/,
  ],
  [
    'filters as text',
    (_, layer) => (layer('stem').config.filters = '4'),
    'topology',
    /filters of the layer stem/,
  ],
  [
    'no option at all',
    (_, layer) => delete layer('stem').config.filters,
    'topology',
    /filters of the layer stem/,
  ],
  [
    'a kernel of three axes',
    (_, layer) => (layer('stem').config.kernel_size = [3, 3, 3]),
    'topology',
    /kernel_size of the layer stem is no pair/,
  ],
  [
    'windows larger than the picture',
    (_, layer) => Object.assign(layer('pool').config, { pool_size: [9, 9], padding: 'valid' }),
    'topology',
    /windows of the layer pool do not fit/,
  ],
  [
    'strides and dilation',
    (_, layer) => Object.assign(layer('stem').config, { strides: [2, 2], dilation_rate: [2, 2] }),
    'topology',
    /stem has both strides and dilation/,
  ],
  [
    'a dilated depthwise convolution',
    (_, layer) => (layer('right').config.dilation_rate = [2, 2]),
    'topology',
    /depthwise layer right is dilated/,
  ],
  [
    'channels first',
    (_, layer) => (layer('stem').config.data_format = 'channels_first'),
    'topology',
    /data_format of the layer stem is not one of channels_last/,
  ],
  [
    'another padding',
    (_, layer) => (layer('stem').config.padding = 'causal'),
    'topology',
    /padding of the layer stem/,
  ],
  [
    'a bias that is neither there nor not',
    (_, layer) => (layer('stem').config.use_bias = 1),
    'topology',
    /use_bias of the layer stem/,
  ],
  [
    'normalization of another axis',
    (_, layer) => (layer('norm').config.axis = 1),
    'topology',
    /norm does not work along the last axis/,
  ],
  [
    'a negative epsilon',
    (_, layer) => (layer('norm').config.epsilon = -1),
    'topology',
    /epsilon of the layer norm is no number from 0 to 1/,
  ],
  [
    'a picture of any height',
    (_, layer) => (layer('pictures').config.batch_input_shape = [null, null, 8, 3]),
    'topology',
    /shape of the input layer pictures/,
  ],
  [
    'a batch of fixed size',
    (_, layer) => (layer('pictures').config.batch_input_shape = [1000, 8, 8, 3]),
    'topology',
    /pictures has no shape \[null, …\]/,
  ],
  [
    'a sparse input',
    (_, layer) => (layer('pictures').config.sparse = true),
    'topology',
    /pictures is sparse/,
  ],
  [
    'inputs of different shapes',
    (_, layer) => (layer('sum').inbound_nodes[0][0][0] = 'pictures'),
    'topology',
    /sum merges inputs of different shapes/,
  ],
  [
    'a sum of one',
    (_, layer) => layer('sum').inbound_nodes[0].pop(),
    'topology',
    /sum merges inputs of different shapes, or fewer/,
  ],
  [
    'a convolution of vectors',
    (_, layer) => (layer('pictures').config.batch_input_shape = [null, 192]),
    'topology',
    /stem works on pictures, but is given \[192\]/,
  ],
  [
    'a shape that does not hold what comes in',
    (_, layer) => {
      layer('flat').class_name = 'Reshape';
      layer('flat').config = { name: 'flat', target_shape: [4, 4] };
    },
    'topology',
    /target_shape of the layer flat does not hold/,
  ],
  [
    'a shape that is left open',
    (_, layer) => {
      layer('flat').class_name = 'Reshape';
      layer('flat').config = { name: 'flat', target_shape: [-1] };
    },
    'topology',
    /target_shape of the layer flat is no whole number/,
  ],
  [
    'no shape',
    (_, layer) => {
      layer('flat').class_name = 'Reshape';
      layer('flat').config = { name: 'flat', target_shape: [] };
    },
    'topology',
    /target_shape of the layer flat is no shape/,
  ],
  [
    'padding of one side',
    (_, layer) => {
      layer('pool').class_name = 'ZeroPadding2D';
      layer('pool').config = { name: 'pool', padding: [[1, 1]] };
    },
    'topology',
    /padding of the layer pool is not/,
  ],
  [
    'negative padding',
    (_, layer) => {
      layer('pool').class_name = 'ZeroPadding2D';
      layer('pool').config = {
        name: 'pool',
        padding: [
          [-1, 1],
          [1, 1],
        ],
      };
    },
    'topology',
    /padding of the layer pool is no whole number from 0/,
  ],
  [
    'softmax along no axis that it works on',
    (_, layer) => {
      layer('pool').class_name = 'Softmax';
      layer('pool').config = { name: 'pool' };
    },
    'topology',
    /pool does not work along the last axis/,
  ],
  [
    'a clip below zero',
    (_, layer) => {
      layer('pool').class_name = 'ReLU';
      layer('pool').config = { name: 'pool', max_value: -1 };
    },
    'topology',
    /max_value of the layer pool/,
  ],
  [
    'an exponential that is not there',
    (_, layer) => {
      layer('pool').class_name = 'ELU';
      layer('pool').config = { name: 'pool', alpha: 2 };
    },
    'topology',
    /alpha of the layer pool is no number from 1 to 1/,
  ],
  [
    'more dropped than there is',
    (_, layer) => {
      layer('pool').class_name = 'Dropout';
      layer('pool').config = { name: 'pool', rate: 2 };
    },
    'topology',
    /rate of the layer pool/,
  ],
  [
    'one thing joined',
    (_, layer) => {
      layer('pool').class_name = 'Concatenate';
      layer('pool').config = { name: 'pool' };
    },
    'topology',
    /pool joins fewer than two/,
  ],
  [
    'pictures and other pictures joined',
    (_, layer) => {
      layer('sum').class_name = 'Concatenate';
      layer('sum').inbound_nodes[0][0][0] = 'pool';
      layer('right').class_name = 'MaxPooling2D';
      layer('right').config = { name: 'right', pool_size: 2 };
      layer('sum').inbound_nodes[0][0][0] = 'norm';
    },
    'topology',
    /sum joins inputs of different shapes/,
  ],
];
