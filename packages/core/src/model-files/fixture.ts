import { initializers, input, type LayersModel, layers, model } from '@tensorflow/tfjs';

/** A small convolutional network with two kinds of weights and moving averages; equal seeds, equal weights. */
export function smallNetwork(seed: number, name = 'small'): LayersModel {
  const initialize = (offset: number) => initializers.randomNormal({ seed: seed + offset, stddev: 0.5 });
  const pictures = input({ shape: [4, 4, 2], name: `${name}-pictures` });
  const convolved = layers
    .conv2d({ filters: 3, kernelSize: 3, kernelInitializer: initialize(1), name: `${name}-convolution` })
    .apply(pictures);
  const normalised = layers.batchNormalization({ name: `${name}-normalization` }).apply(convolved);
  const flat = layers.flatten({ name: `${name}-flatten` }).apply(normalised);
  const outputs = layers
    .dense({ units: 5, kernelInitializer: initialize(2), name: `${name}-dense` })
    .apply(flat);
  return model({ inputs: pictures, outputs: outputs as never, name });
}
