import type { Pooling } from './architecture';

/** What both modes of `factornet factorize` are given. */
export interface TrainingFlags {
  readonly data: string;
  readonly out: string;
  readonly force: boolean;
  readonly taskName?: string;
  readonly limit?: number;
  readonly specificFilters: readonly number[];
  readonly pooling: Pooling;
  readonly alpha?: number;
  readonly beta?: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly workers: number | 'auto';
  readonly learningRate: number;
  readonly tap?: readonly string[];
  readonly seed: number;
}

/** The objective's weights that were given; the library's defaults stand for the others. */
export function objectiveWeights({ alpha, beta }: Pick<TrainingFlags, 'alpha' | 'beta'>) {
  return { ...(alpha !== undefined && { alpha }), ...(beta !== undefined && { beta }) };
}
