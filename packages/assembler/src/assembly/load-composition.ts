import type { CodeOptions, FusionOptions } from '@factornet/core';
import { throwIfCancelled, unmetBackend } from '@factornet/core/internal';
import { InvalidOptionError } from '@factornet/spec';
import { getBackend } from '@tensorflow/tfjs';
import { readCommonSource, readFactorSource } from '../packages/read-source';
import { conflictError } from '../plan/conflict';
import { listOf, planAssembly } from '../plan/plan-assembly';
import type { CommonSource, FactorSource, SourceOptions } from '../sources';
import type { CompositionCheck } from './composition-check';
import { distinctTrunks } from './distinct-trunks';
import type { PlacedFactor } from './evaluate-factors';
import { loadFactor, loadTrunk } from './load-networks';
import { type LoadedTrunk, loadAll } from './loaded';
import type { NetworkCheck } from './network-check';

export interface AssembleOptions extends SourceOptions, CodeOptions, FusionOptions {
  /**
   * Of the noise in codes that ship a sample. A picture's draw depends on this, on the task and on its place in the batch,
   * and on nothing else. Default 0.
   */
  readonly seed?: number | undefined;
  /**
   * Allows several common-knowledge networks, given in an array. Each runs for every picture, and every factor runs
   * with the one it fits. Default false.
   */
  readonly multipleTrunks?: boolean | undefined;
  /** Tries every network before it is used: `goldenProbes` of `@factornet/assembler/probes`. */
  readonly verify?: NetworkCheck | undefined;
  /** Refuses any package but those that a lockfile pins: `pinnedBy(lockfile)` of `@factornet/assembler/lock`. */
  readonly lock?: CompositionCheck | undefined;
  /** Told as bytes of model files come: how many have, and how many all networks have together. */
  readonly onProgress?: ((loadedBytes: number, totalBytes: number) => void) | undefined;
}

/** Networks that were loaded and go together; whoever asked for them releases them. */
export interface LoadedComposition {
  readonly trunks: readonly LoadedTrunk[];
  readonly factors: readonly PlacedFactor[];
}

/** Reads, plans, checks and loads what is to be one network. @throws what `assemble` throws */
export async function loadComposition(
  common: CommonSource | readonly CommonSource[],
  factors: readonly FactorSource[],
  options: AssembleOptions,
): Promise<LoadedComposition> {
  const [trunkSources, read] = await Promise.all([
    Promise.all(listOf<CommonSource>(common).map((source) => readCommonSource(source, options))),
    Promise.all(factors.map((source) => readFactorSource(source, options))),
  ]);
  if (trunkSources.length === 0) {
    throw new InvalidOptionError({
      option: 'common',
      expected: 'a common-knowledge network, or several in an array',
      received: [],
    });
  }
  const commons = distinctTrunks(trunkSources);
  const plan = planAssembly({ common: commons, factors: read, multipleTrunks: options.multipleTrunks });
  const { conflicts, factors: planned } = plan;
  if (conflicts[0] !== undefined) throw conflictError(conflicts[0]);
  await options.lock?.checkAll(commons, read);

  let loadedBytes = 0;
  const onBytes = (bytes: number) => {
    loadedBytes += bytes;
    options.onProgress?.(loadedBytes, plan.bytes);
  };
  const { signal, timeout, codes, fusions, kinds } = options;
  const reading = { signal, timeout, onBytes, codes, fusions, kinds };
  onBytes(0);
  const trunkOf = <T>(trunks: readonly T[], index: number) => trunks[planned[index]?.trunk as number] as T;
  const [trunks, loaded] = await loadTogether(
    commons.map((common) => loadTrunk(common, reading)),
    read.map((factor, index) => loadFactor(factor, trunkOf(commons, index), reading)),
  );
  const placed = loaded.map((factor, index) => ({ ...factor, trunk: trunkOf(trunks, index) }));
  try {
    for (const trunk of trunks) await options.verify?.checkTrunk(trunk, signal);
    for (const factor of placed) await options.verify?.checkFactor(factor, factor.trunk, signal);
    throwIfCancelled('Assembling', signal);
  } catch (error) {
    for (const each of [...trunks, ...placed]) each.release();
    throw error;
  }
  const unmet = unmetBackend();
  if (unmet && unmet !== getBackend()) {
    console.warn(`useBackend could not give "${unmet}": this assembly runs on "${getBackend()}".`);
  }
  return { trunks, factors: placed };
}

async function loadTogether<T extends { release(): void }, U extends { release(): void }>(
  first: readonly Promise<T>[],
  second: readonly Promise<U>[],
): Promise<[T[], U[]]> {
  const all = await loadAll<T | U>([...first, ...second]);
  return [all.slice(0, first.length) as T[], all.slice(first.length) as U[]];
}
