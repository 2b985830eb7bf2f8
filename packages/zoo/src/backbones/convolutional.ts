import { InvalidOptionError } from '@factornet/spec';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs';
import type { Backbone } from '../backbone';
import { convolutionBlock, dense, dropout, widenedFilters } from './blocks';

export interface ConvolutionalOptions {
  /** Filters of each block. */
  filters: readonly number[];
  /** For all blocks or one by one. Default 3. */
  kernelSize?: number | readonly number[];
  /** For all blocks or one by one. Default 1 for the first block, 2 for the others. */
  strides?: number | readonly number[];
  /** Units of a linear layer after pooling. Default: no such layer, the last block's filters are the features. */
  features?: number;
  /** Default `'batch'`. */
  normalization?: 'batch' | 'none';
  /** Default `'average'`: over all positions. `'flatten'` keeps positions and needs `features`. */
  pooling?: 'average' | 'flatten';
  /** Default `'relu'`. */
  activation?: 'relu';
  /** Share of the input's values that training puts to 0, the others scaled up. Default 0. */
  inputDropout?: number;
  /** Share of examples whose features training puts to 0, all of them, the others' scaled up. Default 0. */
  featuresDropout?: number;
}

/**
 * A plain convolutional network: blocks of convolution, batch normalization and ReLU, then pooling. Which of a batch's values
 * are dropped follows from the seed and their place in the batch; which example is at a place, from training.
 *
 * @throws InvalidOptionError for lists of unequal length, `pooling: 'flatten'` without `features`, or a share of dropout that is
 * not below 1
 *
 * @example
 * const backbone = convolutional({ filters: [16, 32, 64] });
 * const model = backbone.create({ inputShape: [32, 32, 3], seed: 1, name: 'common' });
 */
export function convolutional({
  filters,
  kernelSize = 3,
  strides = filters.map((_, block) => (block === 0 ? 1 : 2)),
  features,
  normalization = 'batch',
  pooling = 'average',
  activation = 'relu',
  inputDropout = 0,
  featuresDropout = 0,
}: ConvolutionalOptions): Backbone {
  const last = filters.at(-1);
  if (last === undefined) {
    throw new InvalidOptionError({
      option: 'filters',
      expected: 'a list of at least one',
      received: filters,
    });
  }
  const kernelSizes = perBlock('kernelSize', kernelSize, filters.length);
  const blockStrides = perBlock('strides', strides, filters.length);
  if (pooling === 'flatten' && features === undefined) {
    throw new InvalidOptionError({
      option: 'features',
      expected: "given with pooling 'flatten'",
      received: features,
    });
  }
  const options = {
    filters: [...filters],
    kernelSize: kernelSizes,
    strides: blockStrides,
    ...(features === undefined ? {} : { features }),
    normalization,
    pooling,
    activation,
    ...(inputDropout === 0 ? {} : { inputDropout }),
    ...(featuresDropout === 0 ? {} : { featuresDropout }),
  };
  for (const option of ['inputDropout', 'featuresDropout'] as const) checkShare(option, options[option] ?? 0);
  return {
    name: 'convolutional',
    options,
    widened: (factor) => convolutional({ ...options, filters: widenedFilters(filters, factor) }),
    features: features ?? last,
    maps: filters.map((_, block) => ({
      name: `block-${block + 1}`,
      layer: `block-${block + 1}/${activation}`,
    })),
    create({ inputShape, seed, name }) {
      const images = input({ shape: [...inputShape], name: `${name}/input` });
      const blocks = filters.reduce<SymbolicTensor>(
        (output, count, block) =>
          convolutionBlock(output, {
            name: `${name}/block-${block + 1}`,
            seed,
            filters: count,
            kernelSize: kernelSizes[block] as number,
            strides: blockStrides[block] as number,
            normalization,
            activation,
          }),
        dropout(images, { name: `${name}/input-dropout`, seed, rate: inputDropout }),
      );
      const pool =
        pooling === 'average'
          ? layers.globalAveragePooling2d({ name: `${name}/pooling` })
          : layers.flatten({ name: `${name}/pooling` });
      const pooled = pool.apply(blocks) as SymbolicTensor;
      const last =
        features === undefined ? pooled : dense(pooled, { name: `${name}/features`, seed, units: features });
      const outputs = dropout(last, {
        name: `${name}/features-dropout`,
        seed,
        rate: featuresDropout,
        examples: true,
      });
      return model({ name, inputs: images, outputs });
    },
  };
}

function perBlock(option: string, value: number | readonly number[], blocks: number): number[] {
  const values = typeof value === 'number' ? Array.from({ length: blocks }, () => value) : [...value];
  if (values.length !== blocks) {
    throw new InvalidOptionError({ option, expected: `one number or a list of ${blocks}`, received: value });
  }
  return values;
}

function checkShare(option: string, share: number): void {
  if (share >= 0 && share < 1) return;
  throw new InvalidOptionError({ option, expected: 'a number from 0, below 1', received: share });
}
