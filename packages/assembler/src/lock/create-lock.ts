import { integrityOf } from '@factornet/core/internal';
import { InvalidOptionError } from '@factornet/spec';
import { describedFiles } from '@factornet/spec/internal';
import { LOCKFILE_VERSION, type LockedPackage, type Lockfile } from '@factornet/spec/lock';
import {
  type ReadCommon,
  type ReadFactor,
  readCommonSource,
  readFactorSource,
} from '../packages/read-source';
import { listOf } from '../plan/plan-assembly';
import type { CommonSource, FactorSource, SourceOptions } from '../sources';

/** What is to be locked, or held against a lockfile: the sources of an assembly. */
export interface LockRequest extends SourceOptions {
  readonly common: CommonSource | readonly CommonSource[];
  readonly factors: readonly FactorSource[];
}

/**
 * Says exactly which packages a composition consists of: name, version, and the digests of manifest and files. Nothing
 * is loaded but manifests. Equal packages give an equal lockfile, wherever they lie.
 *
 * @throws InvalidOptionError for a network in memory, which has no version
 * @throws MissingFileError, InvalidManifestError, NewerSpecError, RefusedPackageError
 * @example
 * await writeLock('factornet.lock.json', await createLock({ common: ckn, factors: [shape, hue] }));
 */
export async function createLock({ common, factors, ...options }: LockRequest): Promise<Lockfile> {
  const [trunks, read] = await Promise.all([
    Promise.all(listOf(common).map((source) => readCommonSource(source, options))),
    Promise.all(factors.map((source) => readFactorSource(source, options))),
  ]);
  return {
    lockfileVersion: LOCKFILE_VERSION,
    trunks: await Promise.all(trunks.map(lockPackage)),
    factors: (await Promise.all(read.map(lockPackage))) as Lockfile['factors'],
  };
}

/** @throws InvalidOptionError for a network in memory */
export async function lockPackage(source: ReadCommon | ReadFactor): Promise<LockedPackage> {
  if (!('manifest' in source)) {
    throw new InvalidOptionError({
      option: 'lock',
      expected: 'for packages, which have a name and a version',
      received:
        source.kind === 'common'
          ? 'a common network in memory'
          : `the factor ${source.description.task.name} in memory`,
    });
  }
  const { name, version, manifest } = source;
  const { representation } = manifest.kind === 'common' ? manifest : manifest.common;
  return {
    name,
    version,
    ...(manifest.kind === 'factor' && { task: manifest.task.name }),
    representation,
    manifest: await integrityOf(new TextEncoder().encode(sortedJson(manifest))),
    files: Object.fromEntries(describedFiles(manifest).map(({ path, integrity }) => [path, integrity])),
  };
}

/** JSON that is the same for equal values: an imported manifest and one that was read need not have their keys in one order. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, field) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([one], [other]) => (one < other ? -1 : 1)))
      : field,
  );
}
