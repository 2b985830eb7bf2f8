import type { RefusalCase } from './refusal-case';

/** What a layer may not say, or be. */
export const fields: readonly RefusalCase[] = [
  [
    'a layer under another name of its option',
    (_, layer) => (layer('stem').config.kernelSize = [50, 50]),
    'topology',
    /stem has the unknown field "kernelSize"/,
  ],
  [
    'a field that names another option to TensorFlow.js',
    (_, layer) => (layer('stem').config.kernel__size = [50, 50]),
    'topology',
    /stem has the unknown field "kernel__size"/,
  ],
  [
    'weights within a layer',
    (_, layer) => (layer('stem').config.weights = [[1]]),
    'topology',
    /stem has the unknown field "weights"/,
  ],
  [
    'a model in place of the one that was looked at',
    (json) => (json.modelTopology.model_config = structuredClone(json.modelTopology)),
    'topology',
    /the model has the unknown field "model_config"/,
  ],
  [
    'a training configuration',
    (json) => (json.trainingConfig = {}),
    'topology',
    /it has the unknown field "trainingConfig"/,
  ],
  [
    'classes of its own',
    (json) => (json.modelTopology.config.custom_objects = {}),
    'topology',
    /the model has the unknown field "custom_objects"/,
  ],
  [
    'inputs under another name',
    (_, layer) => (layer('stem').inboundNodes = []),
    'topology',
    /a layer has the unknown field "inboundNodes"/,
  ],
  [
    'control characters',
    (json) => (json.modelTopology['\u001b[2J'] = 1),
    'topology',
    'the model has the unknown field "?[2J"',
  ],
  [
    'no modelTopology',
    (json) => {
      json.modelTopology = undefined;
    },
    'topology',
    /the model is no object/,
  ],
  [
    'a model of another class',
    (json) => (json.modelTopology.class_name = 'RNN'),
    'topology',
    /no Model or Sequential/,
  ],
  [
    'a layer of another class',
    (_, layer) => (layer('stem').class_name = 'LSTM'),
    'topology',
    /stem is a LSTM, which is not allowed/,
  ],
  [
    'a layer named as a method',
    (_, layer) => (layer('stem').class_name = 'toString'),
    'topology',
    /stem is a toString/,
  ],
  [
    'a model within the model',
    (_, layer) => (layer('stem').class_name = 'Sequential'),
    'topology',
    /stem is a Sequential/,
  ],
  [
    'a class that is no name',
    (_, layer) => (layer('stem').class_name = ['Conv2D']),
    'topology',
    /stem is a Conv2D, which is not allowed/,
  ],
  [
    'an initializer that is a layer',
    (_, layer) => (layer('stem').config.kernel_initializer.class_name = 'Dense'),
    'topology',
    /kernel_initializer of the layer stem is a Dense/,
  ],
  [
    'a regularizer of another class',
    (_, layer) => (layer('stem').config.kernel_regularizer = { class_name: 'Adam', config: {} }),
    'topology',
    /kernel_regularizer of the layer stem is a Adam/,
  ],
  [
    'a constraint of another class',
    (_, layer) => (layer('stem').config.kernel_constraint = { class_name: 'Evil', config: {} }),
    'topology',
    /kernel_constraint of the layer stem/,
  ],
  [
    'a constraint, which would act on weights as they are loaded',
    (_, layer) => (layer('stem').config.kernel_constraint = { class_name: 'NonNeg', config: {} }),
    'topology',
    /kernel_constraint of the layer stem is a NonNeg, which is not allowed/,
  ],
  [
    'a constraint of batch normalization',
    (_, layer) => (layer('norm').config.gamma_constraint = { class_name: 'UnitNorm', config: {} }),
    'topology',
    /gamma_constraint of the layer norm is a UnitNorm/,
  ],
  [
    'an initializer with objects',
    (_, layer) => (layer('stem').config.kernel_initializer.config.seed = {}),
    'topology',
    /kernel_initializer of the layer stem is no finite/,
  ],
  [
    'an activity regularizer',
    (_, layer) => (layer('stem').config.activity_regularizer = { class_name: 'L1L2', config: {} }),
    'topology',
    /stem has an activity regularizer/,
  ],
  [
    'an option that is an object',
    (_, layer) => (layer('stem').config.filters = { type: 'ndarray', value: 4 }),
    'topology',
    /filters of the layer stem is no finite/,
  ],
  [
    'an option of deep lists',
    (_, layer) => (layer('pool').config.pool_size = [[[2]], 2]),
    'topology',
    /pool_size of the layer pool is no finite/,
  ],
  [
    'another type of numbers',
    (_, layer) => (layer('stem').config.dtype = 'int32'),
    'topology',
    /stem is not of float32/,
  ],
  [
    'an activation that is not there',
    (_, layer) => (layer('stem').config.activation = 'evil'),
    'topology',
    /activation of the layer stem/,
  ],
  [
    'a name that objects have',
    (_, layer) => (layer('stem').config.name = 'constructor'),
    'topology',
    /a layer has no name/,
  ],
  [
    'a name of control characters',
    (_, layer) => (layer('stem').config.name = 'a\u001b[2Jb'),
    'topology',
    /a layer has no name/,
  ],
  [
    'a name too long',
    (_, layer) => (layer('stem').config.name = 'a'.repeat(201)),
    'topology',
    /a layer has no name/,
  ],
  [
    'a model name of its own kind',
    (json) => (json.modelTopology.config.name = {}),
    'topology',
    /the model has no name/,
  ],
  [
    'an initializer without options',
    (_, layer) => {
      layer('stem').config.kernel_initializer.config = 'relu';
    },
    'topology',
    /kernel_initializer of the layer stem has no config/,
  ],
  [
    'an initializer of a way that is none',
    (_, layer) => {
      layer('stem').config.kernel_initializer.config.mode = 'fan\u001bout';
    },
    'topology',
    'kernel_initializer of the layer stem has the mode "fan?out"',
  ],
  [
    'an option that objects have',
    (_, layer) => {
      layer('stem').config.kernel_initializer.config.constructor = {};
    },
    'topology',
    /kernel_initializer of the layer stem is no finite/,
  ],
];
