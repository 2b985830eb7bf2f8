import { type Backbone, convolutional, residual } from '@factornet/zoo';

export type Architecture = 'convolutional' | 'residual';

/** The zoo's backbone of that name. */
export function createBackbone(
  architecture: Architecture,
  { filters, features }: { filters: readonly number[]; features?: number },
): Backbone {
  const options = { filters, ...(features === undefined ? {} : { features }) };
  return architecture === 'residual' ? residual(options) : convolutional(options);
}
