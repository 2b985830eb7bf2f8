import { findFusion } from '@factornet/core/internal';
import { factorObjective, infoMaxBottleneck } from '@factornet/factorizer';
import type { Architecture } from '../../options/architecture';
import type { TrainingFlags } from '../../options/training-flags';
import { createBackbone } from '../../training/create-backbone';

/** What both modes of `factornet factorize` are given. */
export interface FactorFlags extends TrainingFlags {
  readonly fusion?: string;
  readonly taskName?: string;
  readonly specific?: Architecture;
  readonly specificFilters?: readonly number[];
  readonly alpha?: number;
  readonly beta?: number;
}

/** What was given of a factor on a frozen network; the library's defaults stand for the rest. @throws InvalidOptionError */
export function factorOptions({ beta, ...flags }: Pick<FactorFlags, 'fusion' | 'beta'>) {
  return { ...fusionOption(flags), ...(beta !== undefined && { objective: factorObjective({ beta }) }) };
}

/** The same of all networks, trained at once. @throws InvalidOptionError */
export function togetherOptions({ alpha, beta, ...flags }: Pick<FactorFlags, 'fusion' | 'alpha' | 'beta'>) {
  const weights = { ...(alpha !== undefined && { alpha }), ...(beta !== undefined && { beta }) };
  return { ...fusionOption(flags), objective: infoMaxBottleneck(weights) };
}

function fusionOption({ fusion }: Pick<FactorFlags, 'fusion'>) {
  return fusion === undefined ? {} : { fusion: findFusion({ type: fusion }, '--fusion') };
}

/** The backbone of each task-specific network, before a code of this length. @throws InvalidOptionError */
export function specificBackbone({ specific, specificFilters, pooling }: FactorFlags, features: number) {
  const filters = { option: '--specific-filters', given: specificFilters, otherwise: [8, 16, 32] };
  return createBackbone({ architecture: specific, filters, pooling, features });
}
