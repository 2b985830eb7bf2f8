import { readFactorSource } from '../packages/read-source';
import type { CommonSource, FactorSource } from '../sources';
import type { Assembly } from './assembly';
import { createAssembly, type FactorLoader } from './create-assembly';
import type { PlacedFactor } from './evaluate-factors';
import type { FittingFactors } from './fitting-factors';
import { type AssembleOptions, loadComposition } from './load-composition';
import { loadFactor } from './load-networks';
import type { TasksOf } from './task-types';

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
 * @throws ProbeMismatchError if `verify` is `goldenProbes` and a network gives other values than expected
 * @throws LockMismatchError if `lock` is given and a package is not the one it pins
 * @throws CancelledError when `signal` aborts
 * @throws InvalidOptionError if a source is none, or a task is of no kind that is known
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
): Promise<Assembly<TasksOf<Factors>>> {
  const { trunks, factors: placed } = await loadComposition(common, factors, options);
  return createAssembly(trunks, placed, createLoader(options), options.seed) as never;
}

/** How factors are added later: under the same options. */
function createLoader(options: AssembleOptions): FactorLoader {
  return {
    async read(source) {
      const read = await readFactorSource(source, options);
      await options.lock?.checkAdded(read);
      return read;
    },
    async load(read, trunk): Promise<PlacedFactor> {
      const factor = await loadFactor(read, trunk.source, {
        signal: options.signal,
        codes: options.codes,
        fusions: options.fusions,
        kinds: options.kinds,
      });
      try {
        await options.verify?.checkFactor(factor, trunk, options.signal);
        return { ...factor, trunk };
      } catch (error) {
        factor.release();
        throw error;
      }
    },
  };
}
