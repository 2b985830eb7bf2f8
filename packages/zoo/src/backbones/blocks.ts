import { InvalidOptionError } from '@factornet/spec';
import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs';
import { layerSeed } from '../layer-seed';

/** ReLU6 is `min(max(x, 0), 6)`. */
export type Activation = 'relu' | 'relu6';

export interface ConvolutionBlock {
  readonly name: string;
  readonly seed: number;
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly normalization: 'batch' | 'none';
  /** Left out where something is added before the activation. */
  readonly activation?: Activation;
}

/** Convolution, batch normalization, activation; layers `${name}/convolution`, `…/normalization`, `…/relu`. */
export function convolutionBlock(
  input: SymbolicTensor,
  { name, seed, filters, kernelSize, strides, normalization, activation }: ConvolutionBlock,
): SymbolicTensor {
  const convolutionName = `${name}/convolution`;
  const output = layers
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
  const normalized = normalization === 'batch' ? normalize(output, `${name}/normalization`) : output;
  return activation === undefined ? normalized : activate(normalized, `${name}/${activation}`, activation);
}

export interface DepthwiseBlock {
  readonly name: string;
  readonly seed: number;
  readonly kernelSize: number;
  readonly strides: number;
}

/** One filter per channel, batch normalization, ReLU6; layers `${name}/convolution`, `…/normalization`, `…/relu6`. */
export function depthwiseBlock(
  input: SymbolicTensor,
  { name, seed, kernelSize, strides }: DepthwiseBlock,
): SymbolicTensor {
  const convolutionName = `${name}/convolution`;
  // A filter sees kernelSize² values of one channel; heNormal, which counts the channels, would start it too small.
  const stddev = Math.sqrt(2) / kernelSize;
  const depthwiseInitializer = initializers.truncatedNormal({
    stddev,
    seed: layerSeed(seed, convolutionName),
  });
  const output = layers
    .depthwiseConv2d({
      name: convolutionName,
      kernelSize,
      strides,
      padding: 'same',
      useBias: false,
      depthwiseInitializer,
    })
    .apply(input) as SymbolicTensor;
  return activate(normalize(output, `${name}/normalization`), `${name}/relu6`, 'relu6');
}

function normalize(input: SymbolicTensor, name: string): SymbolicTensor {
  return layers
    .batchNormalization({
      name,
      // `scale: false` fails in training (TensorFlow.js 4.22).
      scale: true,
      // Keras's 0.99 still keeps a third of the initial statistics after 100 steps; short trainings are our rule.
      momentum: 0.9,
    })
    .apply(input) as SymbolicTensor;
}

/** An activation as a layer of its own. */
export function activate(input: SymbolicTensor, name: string, activation: Activation): SymbolicTensor {
  // `layers.activation`'s relu6 is a minimum with a scalar, whose gradient sums over the whole picture.
  const layer =
    activation === 'relu6' ? layers.reLU({ name, maxValue: 6 }) : layers.activation({ name, activation });
  return layer.apply(input) as SymbolicTensor;
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

/**
 * A layer that puts a share of its input to 0 in training: single values, or with `examples` whole examples of vectors; none
 * at a rate of 0. TensorFlow.js draws a seeded mask once: it stays the same from step to step, while examples change places.
 */
export function dropout(
  input: SymbolicTensor,
  { name, seed, rate, examples = false }: { name: string; seed: number; rate: number; examples?: boolean },
): SymbolicTensor {
  if (rate === 0) return input;
  const noiseShape = examples ? { noiseShape: [null, 1] as unknown as number[] } : {};
  const layer = layers.dropout({ name, rate, seed: layerSeed(seed, name), ...noiseShape });
  return layer.apply(input) as SymbolicTensor;
}

/**
 * Every count of filters times `factor`, rounded, at least 1.
 *
 * @throws InvalidOptionError for a factor that is not above 0
 */
export function widenedFilters(filters: readonly number[], factor: number): number[] {
  if (!(factor > 0 && Number.isFinite(factor))) {
    throw new InvalidOptionError({ option: 'factor', expected: 'a number above 0', received: factor });
  }
  return filters.map((count) => Math.max(1, Math.round(count * factor)));
}
