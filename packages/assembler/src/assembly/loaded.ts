import type { FactorModels } from '@factornet/core';
import type {
  CommonMap,
  FactorDescription,
  InputDescription,
  TaskDescription,
  TaskKind,
} from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import type { ReadCommon, ReadFactor } from '../packages/read-source';

/** A common-knowledge network ready to run. */
export interface LoadedTrunk {
  readonly source: ReadCommon;
  /** `name@version`, or words for a network in memory. */
  readonly label: string;
  readonly input: InputDescription;
  readonly features: number;
  /** In the order of the network's outputs after z. */
  readonly maps: readonly CommonMap[];
  readonly network: LayersModel;
  /** Releases the model, if it was loaded here. */
  release(): void;
}

/** A factor ready to run. */
export interface LoadedFactor extends FactorModels {
  readonly source: ReadFactor;
  readonly label: string;
  readonly task: TaskDescription;
  readonly kind: TaskKind;
  /** See `FactorDescription`. */
  readonly logitScale: number | undefined;
  /** The same. */
  readonly temperature: number | undefined;
  readonly description: Pick<FactorDescription, 'code' | 'reads'>;
  release(): void;
}

/** Waits for all, and releases those that were loaded if another was not. */
export async function loadAll<T extends { release(): void }>(loading: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(loading);
  const failed = settled.find((result) => result.status === 'rejected');
  const loaded = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (failed === undefined) return loaded;
  for (const each of loaded) each.release();
  throw failed.reason;
}

/** Runs a check of what was loaded, and releases that if it does not pass. */
export function releasedOnError<T extends { release(): void }>(loaded: T, check: () => void): T {
  try {
    check();
    return loaded;
  } catch (error) {
    loaded.release();
    throw error;
  }
}
