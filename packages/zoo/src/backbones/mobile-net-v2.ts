import { InvalidOptionError } from '@factornet/spec';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs';
import type { Backbone, BackboneMap } from '../backbone';
import { convolutionBlock, dense, depthwiseBlock } from './blocks';

export interface MobileNetV2Options {
  /** Multiplier of all channel counts. Default 1. */
  width?: number;
  /** Stride of the first convolution. Default 2; 1 for pictures of 32×32. */
  stemStride?: 1 | 2;
  /** Stride of the first block of each of the seven stages. Default, as published, `[1, 2, 2, 2, 1, 2, 1]`. */
  strides?: readonly (1 | 2)[];
  /** Units of a linear layer after pooling. Default: no such layer, the last convolution's channels are the features. */
  features?: number;
}

/** Table 2 of the paper: expansion, channels, blocks; the strides are an option. */
const stages = [
  { expansion: 1, channels: 16, blocks: 1 },
  { expansion: 6, channels: 24, blocks: 2 },
  { expansion: 6, channels: 32, blocks: 3 },
  { expansion: 6, channels: 64, blocks: 4 },
  { expansion: 6, channels: 96, blocks: 3 },
  { expansion: 6, channels: 160, blocks: 3 },
  { expansion: 6, channels: 320, blocks: 1 },
] as const;

/**
 * MobileNetV2: inverted residuals with linear bottlenecks, ReLU6, average pooling over all positions. The default
 * strides reduce 224×224 to 7×7. For 32×32 pictures, keep the resolution for longer:
 * `stemStride: 1, strides: [1, 1, 2, 2, 1, 2, 1]` ends at 4×4.
 *
 * Channel counts are rounded to multiples of 8, down by a tenth at most; below `width` 1 the last
 * convolution keeps its 1280 channels.
 *
 * @throws InvalidOptionError for a width that is not above 0, or strides that are not seven
 *
 * @example
 * const backbone = mobileNetV2({ width: 0.5, stemStride: 1, strides: [1, 1, 2, 2, 1, 2, 1] });
 * const model = backbone.create({ inputShape: [32, 32, 3], seed: 1, name: 'common' });
 *
 * Source: Sandler et al., arXiv 1801.04381, table 2 and §4; the rounding is that of the authors' code.
 */
export function mobileNetV2({
  width = 1,
  stemStride = 2,
  strides = [1, 2, 2, 2, 1, 2, 1],
  features,
}: MobileNetV2Options = {}): Backbone {
  if (!(width > 0 && Number.isFinite(width))) {
    throw new InvalidOptionError({ option: 'width', expected: 'a number above 0', received: width });
  }
  if (strides.length !== stages.length) {
    throw new InvalidOptionError({
      option: 'strides',
      expected: `a list of ${stages.length}, one per stage`,
      received: strides,
    });
  }
  const lastFilters = roundedChannels(1280 * Math.max(1, width));
  const options = {
    width,
    stemStride,
    strides: [...strides],
    ...(features === undefined ? {} : { features }),
  };
  return {
    name: 'mobile-net-v2',
    options,
    widened: (factor) => mobileNetV2({ ...options, width: width * factor }),
    features: features ?? lastFilters,
    maps: mapsOf(strides, width),
    create({ inputShape, seed, name }) {
      const images = input({ shape: [...inputShape], name: `${name}/input` });
      const shared = { seed, normalization: 'batch', activation: 'relu6' } as const;
      let output = convolutionBlock(images, {
        ...shared,
        name: `${name}/stem`,
        filters: roundedChannels(32 * width),
        kernelSize: 3,
        strides: stemStride,
      });
      for (const [stage, { expansion, channels, blocks }] of stages.entries()) {
        for (let block = 0; block < blocks; block++) {
          output = invertedResidual(output, {
            name: `${name}/stage-${stage + 1}/block-${block + 1}`,
            seed,
            expansion,
            filters: roundedChannels(channels * width),
            strides: block === 0 ? (strides[stage] as number) : 1,
          });
        }
      }
      output = convolutionBlock(output, {
        ...shared,
        name: `${name}/last`,
        filters: lastFilters,
        kernelSize: 1,
        strides: 1,
      });
      const pool = layers.globalAveragePooling2d({ name: `${name}/pooling` });
      const pooled = pool.apply(output) as SymbolicTensor;
      const outputs =
        features === undefined ? pooled : dense(pooled, { name: `${name}/features`, seed, units: features });
      return model({ name, inputs: images, outputs });
    },
  };
}

interface InvertedResidual {
  readonly name: string;
  readonly seed: number;
  readonly expansion: number;
  readonly filters: number;
  readonly strides: number;
}

/** Widen with 1×1, filter each channel with 3×3, narrow with 1×1 and no activation; add the input where it fits. */
function invertedResidual(
  block: SymbolicTensor,
  { name, seed, expansion, filters, strides }: InvertedResidual,
): SymbolicTensor {
  const channels = block.shape.at(-1) as number;
  const shared = { seed, normalization: 'batch', kernelSize: 1 } as const;
  const wide =
    expansion === 1
      ? block
      : convolutionBlock(block, {
          ...shared,
          name: `${name}/expansion`,
          filters: expansion * channels,
          strides: 1,
          activation: 'relu6',
        });
  const filtered = depthwiseBlock(wide, { name: `${name}/depthwise`, seed, kernelSize: 3, strides });
  const narrow = convolutionBlock(filtered, { ...shared, name: `${name}/projection`, filters, strides: 1 });
  if (strides !== 1 || channels !== filters) return narrow;
  return layers.add({ name: `${name}/sum` }).apply([block, narrow]) as SymbolicTensor;
}

/** The nearest multiple of 8, at least 8, and never less than nine tenths of what was asked for. */
function roundedChannels(channels: number): number {
  const rounded = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return rounded < 0.9 * channels ? rounded + 8 : rounded;
}

/** The last output of each resolution: before a stage of stride 2, and of the last convolution. */
function mapsOf(strides: readonly number[], width: number): BackboneMap[] {
  const ends = stages.flatMap(({ channels, blocks }, stage) => {
    if (strides[stage + 1] !== 2) return [];
    const { channels: before } = stages[stage - 1] ?? { channels: 32 };
    const keeps = roundedChannels(before * width) === roundedChannels(channels * width);
    const summed = blocks > 1 || (strides[stage] === 1 && keeps);
    const layer = `stage-${stage + 1}/block-${blocks}/${summed ? 'sum' : 'projection/normalization'}`;
    return [{ name: `stage-${stage + 1}`, layer }];
  });
  return [...ends, { name: 'last', layer: 'last/relu6' }];
}
