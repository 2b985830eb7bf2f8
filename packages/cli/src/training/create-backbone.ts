import { type Backbone, convolutional, residual } from '@factornet/zoo';
import type { Architecture, Pooling } from '../options/architecture';

export interface BackboneFlags {
  readonly filters: readonly number[];
  readonly pooling: Pooling;
  readonly features: number;
}

/**
 * The zoo's backbone of that name. A convolutional one starts with 5×5 and halves the picture in every
 * block, which makes training on the WASM backend several times faster than full resolution would.
 */
export function createBackbone(
  architecture: Architecture,
  { filters, pooling, features }: BackboneFlags,
): Backbone {
  if (architecture === 'residual') return residual({ filters, features });
  const kernelSize = filters.map((_, block) => (block === 0 ? 5 : 3));
  return convolutional({ filters, kernelSize, strides: 2, pooling, features });
}
