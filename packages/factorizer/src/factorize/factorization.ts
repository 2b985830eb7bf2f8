import { type CommonNetwork, disposeBrick, type FactorNetwork } from '@factornet/core';
import type { TaskDescription } from '@factornet/spec';
import type { Finding } from '../diagnosis/finding';
import type { EpochRecord } from '../training/progress';

/** Factors by the name of their task. */
export type FactorsOf<Tasks extends readonly TaskDescription[]> = string extends Tasks[number]['name']
  ? Readonly<Record<string, FactorNetwork>>
  : { readonly [Task in Tasks[number] as Task['name']]: FactorNetwork<Task> };

/** What a teacher was taken apart into. */
export interface Factorization<Tasks extends readonly TaskDescription[] = readonly TaskDescription[]> {
  readonly common: CommonNetwork;
  readonly factors: FactorsOf<Tasks>;
  /** Means per epoch of the loss and of every term, in nats. */
  readonly history: readonly EpochRecord[];
  /** What is wrong with the run and its factors, as far as pictures tell that it was trained on. Empty if training was stopped. */
  readonly findings: readonly Finding[];
  /**
   * Per task, an upper bound on I(x; t_d) in nats for every dimension d of t, before dead ones were cut.
   * Empty if training was stopped.
   */
  readonly informationPerDimension: Readonly<Record<string, readonly number[]>>;
}

/** Releases every network of a factorization. */
export function disposeFactorization({ common, factors }: Factorization): void {
  disposeBrick(common);
  for (const factor of Object.values(factors)) disposeBrick(factor);
}
