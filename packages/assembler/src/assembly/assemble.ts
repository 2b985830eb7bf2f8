import { InvalidOptionError, type Lockfile, parseLockfile } from '@factornet/spec';
import { compareLocks, refuseDifferences } from '../lock/compare-lock';
import { createLock, lockPackage } from '../lock/create-lock';
import { type ReadFactor, readCommonSource, readFactorSource } from '../packages/read-source';
import { conflictError } from '../plan/conflict';
import { listOf, planAssembly } from '../plan/plan-assembly';
import { checkFactorProbes, checkTrunkProbes } from '../probes/check-probes';
import type { CommonSource, FactorSource, SourceOptions } from '../sources';
import type { Assembly } from './assembly';
import { createAssembly, type FactorLoader } from './create-assembly';
import { distinctTrunks } from './distinct-trunks';
import type { PlacedFactor } from './evaluate-factors';
import type { FittingFactors } from './fitting-factors';
import { loadFactor, loadTrunk } from './load-networks';
import { loadAll } from './loaded';
import type { SpacesOf, TasksOf } from './task-types';

export interface AssembleOptions extends SourceOptions {
  /**
   * Allows several common-knowledge networks, given in an array. Each runs for every picture, and every factor runs
   * with the one it fits. Default false.
   */
  readonly multipleTrunks?: boolean | undefined;
  /** Runs the golden probes of every package on the current backend. Default false. */
  readonly verify?: boolean | undefined;
  /** Refuses any package but those that a lockfile pins; see `createLock`, and `readLock` of `/node`. */
  readonly lock?: Lockfile | undefined;
  /** Told after every network that was loaded: bytes of model files, and of all networks together. */
  readonly onProgress?: ((loadedBytes: number, totalBytes: number) => void) | undefined;
}

/**
 * Assembles a common-knowledge network and any of its factors into one combined-task network, without
 * training. Packages are given as imported, or as a folder, a URL or (with `from`, or in Node) a name; networks in
 * memory as `factorize` hands them out. Every file is checked against its manifest's digest and every model against
 * what packages may hold; of a package that was not imported, no code runs. The assembly releases what it loaded when
 * it is disposed of.
 *
 * @throws IncompatibleCommonError if a factor was made for another common-knowledge network
 * @throws MultipleTrunksError if several common-knowledge networks are given and `multipleTrunks` is not
 * @throws DuplicateTaskError if two factors solve one task
 * @throws NewerSpecError, InvalidManifestError if a manifest cannot be read
 * @throws MissingFileError, IntegrityError if a file is not there, truncated or changed
 * @throws RefusedPackageError if a model is not what packages may hold
 * @throws ShapeMismatchError if a model is not what its manifest says, or common-knowledge networks take other pictures
 * @throws ProbeMismatchError if `verify` is set and a network gives other values than expected
 * @throws LockMismatchError if `lock` is given and a package is not the one it pins
 * @throws InvalidOptionError if a source is none
 * @example
 * import ckn from '@scope/ckn';
 * import hue from '@scope/object-hue';
 * import shape from '@scope/shape';
 *
 * const network = await assemble(ckn, [shape, hue]);
 * const { shape: { labels } } = await network.predict(images); // e.g. ['circle', 'star']
 * network.dispose();
 *
 * const from = 'https://cdn.jsdelivr.net/npm/';
 * const untyped = await assemble('@scope/ckn@^1.0.0', ['@scope/shape@^1.0.0'], { from });
 */
export async function assemble<
  const Common extends CommonSource | readonly CommonSource[],
  const Factors extends readonly FactorSource[],
>(
  common: Common,
  factors: Factors & FittingFactors<Common, Factors>,
  options: AssembleOptions = {},
): Promise<Assembly<TasksOf<Factors>, SpacesOf<Factors>>> {
  const sources: readonly FactorSource[] = factors;
  const [trunkSources, read] = await Promise.all([
    Promise.all(listOf<CommonSource>(common).map((source) => readCommonSource(source, options))),
    Promise.all(sources.map((source) => readFactorSource(source, options))),
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
  const lock = options.lock && parseLockfile(options.lock, 'the lockfile');
  if (lock !== undefined) {
    refuseDifferences(compareLocks(lock, await createLock({ common: commons, factors: read })));
  }

  let loadedBytes = 0;
  const tell = async <T>(loading: Promise<T>, { bytes = 0 }: { bytes?: number } = {}): Promise<T> => {
    const network = await loading;
    loadedBytes += bytes;
    options.onProgress?.(loadedBytes, plan.bytes);
    return network;
  };
  const trunkOf = <T>(trunks: readonly T[], index: number) => trunks[planned[index]?.trunk as number] as T;
  const [trunks, loaded] = await loadTogether(
    commons.map((common, index) => tell(loadTrunk(common), plan.trunks[index])),
    read.map((factor, index) => tell(loadFactor(factor, trunkOf(commons, index)), planned[index])),
  );
  const placed = loaded.map((factor, index) => ({ ...factor, trunk: trunkOf(trunks, index) }));
  try {
    if (options.verify) {
      for (const trunk of trunks) await checkTrunkProbes(trunk);
      for (const factor of placed) await checkFactorProbes(factor, factor.trunk);
    }
  } catch (error) {
    for (const each of [...trunks, ...placed]) each.release();
    throw error;
  }
  return createAssembly(trunks, placed, createLoader(options, lock)) as never;
}

/** How factors are added later: under the same options. */
function createLoader(options: AssembleOptions, lock: Lockfile | undefined): FactorLoader {
  return {
    async read(source) {
      const read = await readFactorSource(source, options);
      if (lock !== undefined) await refuseUnlocked(read, lock);
      return read;
    },
    async load(read, trunk): Promise<PlacedFactor> {
      const factor = await loadFactor(read, trunk.source);
      try {
        if (options.verify) await checkFactorProbes(factor, trunk);
        return { ...factor, trunk };
      } catch (error) {
        factor.release();
        throw error;
      }
    },
  };
}

async function refuseUnlocked(factor: ReadFactor, lock: Lockfile): Promise<void> {
  const here = (await lockPackage(factor)) as Lockfile['factors'][number];
  const factors = lock.factors.filter(({ name }) => name === here.name);
  refuseDifferences(compareLocks({ trunks: [], factors }, { trunks: [], factors: [here] }));
}

async function loadTogether<T extends { release(): void }, U extends { release(): void }>(
  first: readonly Promise<T>[],
  second: readonly Promise<U>[],
): Promise<[T[], U[]]> {
  const all = await loadAll<T | U>([...first, ...second]);
  return [all.slice(0, first.length) as T[], all.slice(first.length) as U[]];
}
