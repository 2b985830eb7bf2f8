import { InvalidOptionError } from '@factornet/spec';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs';
import type { Backbone } from '../backbone';
import { activate, convolutionBlock, dense, widenedFilters } from './blocks';

export interface ResidualOptions {
  /** Filters of each stage. */
  filters: readonly number[];
  /** Basic blocks per stage. Default 1. */
  blocksPerStage?: number;
  /** Stride of the first convolution. Default 1. */
  stemStride?: 1 | 2;
  /** Units of a linear layer after pooling. Default: no such layer, the last stage's filters are the features. */
  features?: number;
}

/**
 * A residual network of basic blocks (two 3×3 convolutions, `relu(F(x) + x)`) as published for CIFAR: a 3×3
 * stem, each stage after the first halves the resolution, a strided 1×1 convolution joins shapes that differ,
 * average pooling over all positions. `filters: [16, 32, 64], blocksPerStage: 3` is ResNet-20.
 *
 * @throws InvalidOptionError for an empty list of filters, or less than one block
 *
 * Source: He et al., arXiv 1512.03385, §4.2 (with projection shortcuts, their option B).
 */
export function residual({
  filters,
  blocksPerStage = 1,
  stemStride = 1,
  features,
}: ResidualOptions): Backbone {
  const [first] = filters;
  const last = filters.at(-1);
  if (first === undefined || last === undefined) {
    throw new InvalidOptionError({
      option: 'filters',
      expected: 'a list of at least one',
      received: filters,
    });
  }
  if (!Number.isInteger(blocksPerStage) || blocksPerStage < 1) {
    throw new InvalidOptionError({
      option: 'blocksPerStage',
      expected: 'an integer of at least 1',
      received: blocksPerStage,
    });
  }
  const options = {
    filters: [...filters],
    blocksPerStage,
    stemStride,
    ...(features === undefined ? {} : { features }),
  };
  return {
    name: 'residual',
    options,
    widened: (factor) => residual({ ...options, filters: widenedFilters(filters, factor) }),
    features: features ?? last,
    maps: filters.map((_, stage) => ({
      name: `stage-${stage + 1}`,
      layer: `stage-${stage + 1}/block-${blocksPerStage}/relu`,
    })),
    create({ inputShape, seed, name }) {
      const images = input({ shape: [...inputShape], name: `${name}/input` });
      let output = convolutionBlock(images, {
        name: `${name}/stem`,
        seed,
        filters: first,
        kernelSize: 3,
        strides: stemStride,
        normalization: 'batch',
        activation: 'relu',
      });
      for (const [stage, count] of filters.entries()) {
        for (let block = 0; block < blocksPerStage; block++) {
          output = basicBlock(output, {
            name: `${name}/stage-${stage + 1}/block-${block + 1}`,
            seed,
            filters: count,
            strides: stage > 0 && block === 0 ? 2 : 1,
          });
        }
      }
      const pool = layers.globalAveragePooling2d({ name: `${name}/pooling` });
      const pooled = pool.apply(output) as SymbolicTensor;
      const outputs =
        features === undefined ? pooled : dense(pooled, { name: `${name}/features`, seed, units: features });
      return model({ name, inputs: images, outputs });
    },
  };
}

interface BasicBlock {
  readonly name: string;
  readonly seed: number;
  readonly filters: number;
  readonly strides: number;
}

/** `relu(F(x) + x)`, or `relu(F(x) + W x)` where the shape changes. */
function basicBlock(input: SymbolicTensor, { name, seed, filters, strides }: BasicBlock): SymbolicTensor {
  const shared = { seed, filters, normalization: 'batch' } as const;
  const first = convolutionBlock(input, {
    ...shared,
    name: `${name}/first`,
    kernelSize: 3,
    strides,
    activation: 'relu',
  });
  const second = convolutionBlock(first, { ...shared, name: `${name}/second`, kernelSize: 3, strides: 1 });
  const sameShape = strides === 1 && input.shape.at(-1) === filters;
  const shortcut = sameShape
    ? input
    : convolutionBlock(input, { ...shared, name: `${name}/shortcut`, kernelSize: 1, strides });
  const sum = layers.add({ name: `${name}/sum` }).apply([second, shortcut]) as SymbolicTensor;
  return activate(sum, `${name}/relu`, 'relu');
}
