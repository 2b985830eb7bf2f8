import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs';
import { layerSeed } from '../layer-seed';

export interface ConvolutionBlock {
  readonly name: string;
  readonly seed: number;
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly normalization: 'batch' | 'none';
  /** Left out where something is added before the activation. */
  readonly activation?: 'relu';
}

/** Convolution, batch normalization, activation; layers `${name}/convolution`, `…/normalization`, `…/relu`. */
export function convolutionBlock(
  input: SymbolicTensor,
  { name, seed, filters, kernelSize, strides, normalization, activation }: ConvolutionBlock,
): SymbolicTensor {
  const convolutionName = `${name}/convolution`;
  let output = layers
    .conv2d({
      name: convolutionName,
      filters,
      kernelSize,
      strides,
      padding: 'same',
      // Batch normalization subtracts the mean, and a bias with it.
      useBias: normalization === 'none',
      kernelInitializer: initializers.heNormal({ seed: layerSeed(seed, convolutionName) }),
    })
    .apply(input) as SymbolicTensor;
  if (normalization === 'batch') {
    output = layers
      .batchNormalization({
        name: `${name}/normalization`,
        // `scale: false` fails in training (TensorFlow.js 4.22).
        scale: true,
        // Keras's 0.99 still keeps a third of the initial statistics after 100 steps; short trainings are our rule.
        momentum: 0.9,
      })
      .apply(output) as SymbolicTensor;
  }
  return activation === undefined ? output : activate(output, `${name}/${activation}`, activation);
}

/** An activation as a layer of its own. */
export function activate(input: SymbolicTensor, name: string, activation: 'relu'): SymbolicTensor {
  return layers.activation({ name, activation }).apply(input) as SymbolicTensor;
}

/** A fully connected layer. */
export function dense(
  input: SymbolicTensor,
  { name, seed, units, activation }: { name: string; seed: number; units: number; activation?: 'relu' },
): SymbolicTensor {
  const initializer = activation === 'relu' ? initializers.heNormal : initializers.glorotUniform;
  return layers
    .dense({
      name,
      units,
      ...(activation === undefined ? {} : { activation }),
      kernelInitializer: initializer({ seed: layerSeed(seed, name) }),
    })
    .apply(input) as SymbolicTensor;
}
