import * as tf from '@tensorflow/tfjs';
import { seededTensor, seededValues } from '../../testing/seeded-tensor';
import type { ParityCase } from '../parity-case';

type Layer = tf.layers.Layer;

/** Seeded weights: initializers draw from TensorFlow.js's own generator. Scales and variances stay above zero. */
export function seedWeights(model: tf.LayersModel): void {
  const weights = model.getWeights().map((weight, index) => {
    const values = seededValues(weight.size, index + 1).map((value) => value * 0.5);
    const isScale = /gamma|variance/.test(model.weights[index]?.name ?? '');
    return tf.tensor(isScale ? values.map((value) => 1 + Math.abs(value)) : values, weight.shape);
  });
  model.setWeights(weights);
  tf.dispose(weights);
}

interface LayerCase {
  inputs: number[][];
  make(): Layer;
  /** Whole numbers below this, for layers that look things up: they have no gradient by their input. */
  tokens?: number;
  /** True for what TensorFlow.js has no gradient for. */
  valueOnly?: boolean;
  /** False where training draws noise without a seed. */
  training?: boolean;
}

/** Value, and gradients by every weight and input, of a layer with seeded weights. */
function outcome({ inputs, make, tokens, training = true, valueOnly = false }: LayerCase): tf.Tensor[] {
  const dtype = tokens === undefined ? 'float32' : 'int32';
  const symbolic = inputs.map((batchShape) => tf.input({ batchShape, dtype }));
  const outputs = make().apply(symbolic.length === 1 ? (symbolic[0] as tf.SymbolicTensor) : symbolic);
  const model = tf.model({ inputs: symbolic, outputs: outputs as tf.SymbolicTensor });
  seedWeights(model);
  const values = inputs.map((shape, at) => {
    const x = seededTensor(shape, at + 50);
    return tokens === undefined ? x : x.abs().mul(tokens).floor().cast('int32');
  });
  const call = (xs: tf.Tensor[]) =>
    model.apply(xs.length === 1 ? (xs[0] as tf.Tensor) : xs, { training }) as tf.Tensor;
  const value = call(values);
  const upstream = seededTensor(value.shape, 99);
  const results = [value];
  if (tokens === undefined && !valueOnly) results.push(...tf.grads((...xs) => call(xs))(values, upstream));
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  if (variables.length > 0 && !valueOnly) {
    const { grads, value: product } = tf.variableGrads(() => call(values).mul(upstream).sum(), variables);
    results.push(product, ...Object.values(grads));
  }
  // Moving averages included.
  results.push(...model.getWeights().map((weight) => weight.clone()));
  model.dispose();
  return results;
}

const image = [2, 6, 7, 3];
const series = [2, 5, 3];
const volume = [2, 4, 5, 4, 2];
const l = tf.layers;
const activations = [
  'elu',
  'gelu',
  'gelu_new',
  'hardSigmoid',
  'linear',
  'logSoftmax',
  'mish',
  'relu',
  'relu6',
  'selu',
  'sigmoid',
  'softmax',
  'softplus',
  'softsign',
  'swish',
  'tanh',
] as const;

const layerCases: Record<string, LayerCase> = {
  dense: { inputs: [[3, 5]], make: () => l.dense({ units: 4, activation: 'relu' }) },
  'dense on series': { inputs: [series], make: () => l.dense({ units: 4 }) },
  conv1d: {
    inputs: [series],
    make: () => l.conv1d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }),
  },
  conv2d: {
    inputs: [image],
    make: () => l.conv2d({ filters: 4, kernelSize: [3, 2], strides: 2, padding: 'same', activation: 'relu' }),
  },
  'conv2d, channels first': {
    inputs: [[2, 3, 6, 7]],
    make: () => l.conv2d({ filters: 4, kernelSize: 3, dataFormat: 'channelsFirst' }),
  },
  conv2dTranspose: {
    inputs: [image],
    make: () => l.conv2dTranspose({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }),
  },
  conv3d: { inputs: [volume], make: () => l.conv3d({ filters: 3, kernelSize: 2, padding: 'same' }) },
  conv3dTranspose: {
    valueOnly: true,
    inputs: [volume],
    make: () => l.conv3dTranspose({ filters: 3, kernelSize: 2, strides: 2, padding: 'same' }),
  },
  separableConv2d: {
    inputs: [image],
    make: () =>
      l.separableConv2d({ filters: 4, kernelSize: 3, depthMultiplier: 2, strides: 2, padding: 'same' }),
  },
  depthwiseConv2d: {
    inputs: [image],
    make: () => l.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
  },
  upSampling2d: { inputs: [[1, 6, 7, 3]], make: () => l.upSampling2d({ size: [2, 3] }) },
  'upSampling2d, bilinear': {
    inputs: [[2, 6, 6, 3]],
    make: () => l.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }),
  },
  cropping2D: {
    inputs: [image],
    make: () =>
      l.cropping2D({
        cropping: [
          [1, 2],
          [0, 1],
        ],
      }),
  },
  zeroPadding2d: {
    inputs: [image],
    make: () =>
      l.zeroPadding2d({
        padding: [
          [1, 2],
          [0, 1],
        ],
      }),
  },
  maxPooling1d: { inputs: [series], make: () => l.maxPooling1d({ poolSize: 2 }) },
  averagePooling1d: { inputs: [series], make: () => l.averagePooling1d({ poolSize: 2, padding: 'same' }) },
  maxPooling2d: { inputs: [image], make: () => l.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }) },
  averagePooling2d: { inputs: [image], make: () => l.averagePooling2d({ poolSize: 2, padding: 'same' }) },
  maxPooling3d: { inputs: [volume], make: () => l.maxPooling3d({ poolSize: 2 }) },
  averagePooling3d: { inputs: [volume], make: () => l.averagePooling3d({ poolSize: 2 }) },
  globalMaxPooling1d: { inputs: [series], make: () => l.globalMaxPooling1d({}) },
  globalAveragePooling1d: { inputs: [series], make: () => l.globalAveragePooling1d({}) },
  globalMaxPooling2d: { inputs: [image], make: () => l.globalMaxPooling2d({}) },
  globalAveragePooling2d: { inputs: [image], make: () => l.globalAveragePooling2d({}) },
  batchNormalization: { inputs: [image], make: () => l.batchNormalization({ momentum: 0.7 }) },
  'batchNormalization on vectors': { inputs: [[6, 5]], make: () => l.batchNormalization() },
  layerNormalization: { inputs: [series], make: () => l.layerNormalization() },
  'layerNormalization over two axes': { inputs: [image], make: () => l.layerNormalization({ axis: [2, 3] }) },
  embedding: { inputs: [[3, 4]], tokens: 7, make: () => l.embedding({ inputDim: 7, outputDim: 5 }) },
  simpleRNN: { inputs: [series], make: () => l.simpleRNN({ units: 4 }) },
  gru: { inputs: [series], make: () => l.gru({ units: 4, returnSequences: true }) },
  lstm: { inputs: [series], make: () => l.lstm({ units: 4 }) },
  'lstm, backwards': {
    inputs: [series],
    make: () => l.lstm({ units: 4, goBackwards: true, returnSequences: true }),
  },
  'stacked cells': {
    inputs: [series],
    make: () => l.rnn({ cell: [l.gruCell({ units: 3 }), l.lstmCell({ units: 4 })] as never }),
  },
  bidirectional: {
    inputs: [series],
    make: () =>
      l.bidirectional({ layer: l.gru({ units: 3, returnSequences: true }) as never, mergeMode: 'concat' }),
  },
  timeDistributed: { inputs: [series], make: () => l.timeDistributed({ layer: l.dense({ units: 4 }) }) },
  convLstm2d: {
    inputs: [[2, 3, 5, 5, 2]],
    make: () => l.convLstm2d({ filters: 3, kernelSize: 3, padding: 'same' }),
  },
  masking: { valueOnly: true, inputs: [series], make: () => l.masking({ maskValue: 0 }) },
  dropout: { inputs: [[6, 5]], make: () => l.dropout({ rate: 0.4, seed: 3 }) },
  spatialDropout1d: { inputs: [series], make: () => l.spatialDropout1d({ rate: 0.4, seed: 3 }) },
  gaussianNoise: { inputs: [[6, 5]], training: false, make: () => l.gaussianNoise({ stddev: 0.3 }) },
  gaussianDropout: { inputs: [[6, 5]], training: false, make: () => l.gaussianDropout({ rate: 0.3 }) },
  alphaDropout: { inputs: [[6, 5]], training: false, make: () => l.alphaDropout({ rate: 0.3 }) },
  flatten: { inputs: [image], make: () => l.flatten() },
  permute: { inputs: [image], make: () => l.permute({ dims: [3, 1, 2] }) },
  repeatVector: { inputs: [[3, 5]], make: () => l.repeatVector({ n: 4 }) },
  reshape: { inputs: [image], make: () => l.reshape({ targetShape: [7, 18] }) },
  centerCrop: { valueOnly: true, inputs: [image], make: () => l.centerCrop({ height: 3, width: 4 }) },
  rescaling: { inputs: [image], make: () => l.rescaling({ scale: 0.5, offset: 0.1 }) },
  leakyReLU: { inputs: [[3, 5]], make: () => l.leakyReLU({ alpha: 0.2 }) },
  prelu: { inputs: [image], make: () => l.prelu({ sharedAxes: [1, 2] }) },
  reLU: { inputs: [[3, 5]], make: () => l.reLU({ maxValue: 0.5 }) },
  softmax: { inputs: [series], make: () => l.softmax({ axis: -1 }) },
  thresholdedReLU: { valueOnly: true, inputs: [[3, 5]], make: () => l.thresholdedReLU({ theta: 0.3 }) },
  add: { inputs: [series, series, series], make: () => l.add() },
  average: { inputs: [series, series], make: () => l.average() },
  concatenate: { inputs: [series, series], make: () => l.concatenate({ axis: 1 }) },
  dot: {
    inputs: [
      [3, 5],
      [3, 5],
    ],
    make: () => l.dot({ axes: 1, normalize: true }),
  },
  maximum: { inputs: [series, series], make: () => l.maximum() },
  minimum: { inputs: [series, series], make: () => l.minimum() },
  multiply: { inputs: [series, series], make: () => l.multiply() },
  ...Object.fromEntries(
    activations.map((activation) => [
      `activation ${activation}`,
      { inputs: [[4, 6]], make: () => l.activation({ activation: activation as 'relu' }) },
    ]),
  ),
};

export const layersCases: ParityCase[] = Object.entries(layerCases).map(([name, layerCase]) => ({
  name,
  run: () => tf.tidy(() => outcome(layerCase)),
}));
