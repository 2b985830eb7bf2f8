import type { Backbone } from './backbone';
import type { ConvolutionalOptions } from './backbones/convolutional';
import type { MobileNetV2Options } from './backbones/mobile-net-v2';
import type { ResidualOptions } from './backbones/residual';

/** What an option of a backbone may be, as data: numbers are above 0, integers from 1. */
export type BackboneOption =
  | { readonly type: 'number' | 'integer' | 'integers' | 'integer-or-integers' }
  | { readonly type: 'choice'; readonly choices: readonly (string | number)[] };

/** A backbone that can be asked for by its name, without TensorFlow.js until it is made. */
export interface NamedBackbone {
  /** As `Backbone.name`, and as its file is called. */
  readonly name: string;
  /** All options of its factory. */
  readonly options: Readonly<Record<string, BackboneOption>>;
  /** Loads the factory, and calls it. @throws InvalidOptionError for options that the factory refuses */
  create(options: Readonly<Record<string, unknown>>): Promise<Backbone>;
}

const number = { type: 'number' } as const;
const integer = { type: 'integer' } as const;
const integers = { type: 'integers' } as const;
const perBlock = { type: 'integer-or-integers' } as const;
const choice = (...choices: readonly (string | number)[]) => ({ type: 'choice', choices }) as const;

/** The type asks for every option of the factory. */
function named<Options>(
  name: string,
  options: Readonly<Record<keyof Options, BackboneOption>>,
  load: () => Promise<(options: Options) => Backbone>,
): NamedBackbone {
  return { name, options, create: async (given) => (await load())(given as Options) };
}

/** Every backbone of the zoo, for whoever gets its name and options as text. */
export const namedBackbones: readonly NamedBackbone[] = [
  named<ConvolutionalOptions>(
    'convolutional',
    {
      filters: integers,
      kernelSize: perBlock,
      strides: perBlock,
      features: integer,
      normalization: choice('batch', 'none'),
      pooling: choice('average', 'flatten'),
      activation: choice('relu'),
      inputDropout: number,
      featuresDropout: number,
    },
    async () => (await import('./backbones/convolutional')).convolutional,
  ),
  named<ResidualOptions>(
    'residual',
    { filters: integers, blocksPerStage: integer, stemStride: choice(1, 2), features: integer },
    async () => (await import('./backbones/residual')).residual,
  ),
  named<MobileNetV2Options>(
    'mobile-net-v2',
    { width: number, stemStride: choice(1, 2), strides: integers, features: integer },
    async () => (await import('./backbones/mobile-net-v2')).mobileNetV2,
  ),
];
