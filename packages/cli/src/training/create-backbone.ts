import { InvalidOptionError } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import { type Architecture, parseArchitecture } from '../options/architecture';
import type { TrainingFlags } from '../options/training-flags';

export interface BackboneFlags extends Pick<TrainingFlags, 'pooling'> {
  readonly features: number;
  /** Side of a convolutional one's first kernel. Default 5, for pictures. */
  readonly firstKernel?: number;
  /** Default: a convolutional one. */
  readonly architecture: Architecture | undefined;
  /** The flag that gives filters besides the architecture, what was given with it, and what holds otherwise. */
  readonly filters: {
    readonly option: string;
    readonly given: readonly number[] | undefined;
    readonly otherwise: readonly number[];
  };
}

/**
 * The backbone that was asked for. Flags stand for what its architecture says nothing about. A convolutional one starts
 * with 5×5 and halves the picture in every block, which makes training on the WASM backend several times faster than full
 * resolution would.
 *
 * @throws InvalidOptionError
 */
export async function createBackbone({
  architecture = parseArchitecture('', 'convolutional'),
  filters: { option, given, otherwise },
  pooling,
  features,
  firstKernel = 5,
}: BackboneFlags): Promise<Backbone> {
  const { backbone, values } = architecture;
  if (given !== undefined && (values.filters !== undefined || backbone.options.filters === undefined)) {
    const why = values.filters === undefined ? `${backbone.name} has none` : 'the architecture has its own';
    throw new InvalidOptionError({ option, expected: `left out, since ${why}`, received: given });
  }
  const filters = (values.filters as readonly number[] | undefined) ?? given ?? otherwise;
  const convolutional = {
    kernelSize: filters.map((_, block) => (block === 0 ? firstKernel : 3)),
    strides: 2,
    pooling,
  };
  return backbone.create({
    ...(backbone.name === 'convolutional' && convolutional),
    ...(backbone.options.filters !== undefined && { filters }),
    ...(backbone.options.features !== undefined && { features }),
    ...values,
  });
}
