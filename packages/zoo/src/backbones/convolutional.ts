import { InvalidOptionError } from '@factornet/spec';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs';
import type { Backbone } from '../backbone';
import { convolutionBlock, dense } from './blocks';
import { widenedFilters } from './widened-filters';

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
}

/**
 * A plain convolutional network: blocks of convolution, batch normalization and ReLU, then pooling.
 *
 * @throws InvalidOptionError for lists of unequal length, or `pooling: 'flatten'` without `features`
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
  };
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
        images,
      );
      const pool =
        pooling === 'average'
          ? layers.globalAveragePooling2d({ name: `${name}/pooling` })
          : layers.flatten({ name: `${name}/pooling` });
      const pooled = pool.apply(blocks) as SymbolicTensor;
      const outputs =
        features === undefined ? pooled : dense(pooled, { name: `${name}/features`, seed, units: features });
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
