import { conflictError } from '../plan/conflict';
import { planAssembly } from '../plan/plan-assembly';
import type { CommonSource, FactorSource } from '../sources';
import type { Assembly } from './assembly';
import { createAssembly } from './create-assembly';
import type { FittingFactors } from './fitting-factors';
import { checkCommonSource, checkFactorSource, loadAll, loadCommon, loadFactor } from './load';
import type { TasksOf } from './task-types';

/**
 * Assembles a common-knowledge network and any of its factors into one combined-task network, without
 * training. Packages are given as imported; networks in memory as `factorize` hands them out. Every file is
 * checked against its manifest's digest, and the assembly releases what it loaded when it is disposed of.
 *
 * @throws IncompatibleCommonError if a factor was made for another common-knowledge network
 * @throws DuplicateTaskError if two factors solve one task
 * @throws NewerSpecError, InvalidManifestError if a manifest cannot be read
 * @throws MissingFileError, IntegrityError if a file is not there, truncated or changed
 * @throws ShapeMismatchError if a model is not what its manifest says
 * @example
 * import ckn from '@scope/ckn';
 * import hue from '@scope/object-hue';
 * import shape from '@scope/shape';
 *
 * const network = await assemble(ckn, [shape, hue]);
 * const { shape: { labels } } = await network.predict(images); // e.g. ['circle', 'star']
 * network.dispose();
 */
export async function assemble<
  const Common extends CommonSource,
  const Factors extends readonly FactorSource[],
>(common: Common, factors: Factors & FittingFactors<Common, Factors>): Promise<Assembly<TasksOf<Factors>>> {
  const sources: readonly FactorSource[] = factors;
  checkCommonSource(common);
  sources.forEach(checkFactorSource);
  const [conflict] = planAssembly({ common, factors: sources }).conflicts;
  if (conflict !== undefined) throw conflictError(conflict);

  const trunk = await loadCommon(common);
  try {
    const loaded = await loadAll(sources.map((factor) => loadFactor(factor, trunk)));
    return createAssembly(trunk, loaded) as Assembly<TasksOf<Factors>>;
  } catch (error) {
    trunk.release();
    throw error;
  }
}
