import type { Architecture } from '../../options/architecture';
import type { TrainingFlags } from '../../options/training-flags';
import { createBackbone } from '../../training/create-backbone';

/** What both modes of `factornet factorize` are given. */
export interface FactorFlags extends TrainingFlags {
  readonly fusion: string;
  readonly taskName?: string;
  readonly specific?: Architecture;
  readonly specificFilters?: readonly number[];
  readonly alpha?: number;
  readonly beta?: number;
}

/** The objective's weights that were given; the library's defaults stand for the others. */
export function objectiveWeights({ alpha, beta }: Pick<FactorFlags, 'alpha' | 'beta'>) {
  return { ...(alpha !== undefined && { alpha }), ...(beta !== undefined && { beta }) };
}

/** The backbone of each task-specific network, before a code of this length. @throws InvalidOptionError */
export function specificBackbone({ specific, specificFilters, pooling }: FactorFlags, features: number) {
  const filters = { option: '--specific-filters', given: specificFilters, otherwise: [8, 16, 32] };
  return createBackbone({ architecture: specific, filters, pooling, features });
}
