import { stat } from 'node:fs/promises';
import { type CommonRecord, conflictError, type FactorRecord, planAssembly } from '@factornet/assembler';
import { findPackage, readPackage } from '@factornet/assembler/node';
import { type CommonPackage, type FactorPackage, InvalidOptionError } from '@factornet/spec';

/** Packages that a command was given, told apart. */
export interface PackageSet {
  readonly common: CommonPackage;
  readonly factors: readonly FactorPackage[];
}

/**
 * Reads packages by folder or, where there is no such folder, by the name under which they are installed. The
 * common-knowledge package may be left out: it is then found where the first factor's peer is installed.
 *
 * @throws MissingFileError, InvalidManifestError, NewerSpecError
 * @throws InvalidOptionError if there is not exactly one common-knowledge package, or no factor
 */
export async function resolvePackages(
  packages: readonly string[],
  from = process.cwd(),
): Promise<PackageSet> {
  const found = await Promise.all(packages.map((each) => resolvePackage(each, from)));
  const factors = found.filter(isFactor);
  const commons = found.filter((each): each is CommonPackage => !isFactor(each));
  const [factor] = factors;
  if (factor === undefined || commons.length > 1) {
    throw new InvalidOptionError({
      option: 'package',
      expected: 'one common-knowledge package and at least one factor package',
      received: `${commons.length} and ${factors.length}`,
    });
  }
  const common = commons[0] ?? (await findPackage(factor.manifest.common.name, from));
  return { common: common as CommonPackage, factors };
}

/** @throws the first conflict's error, if these packages do not go together */
export function refuseConflicts(request: { common: CommonRecord; factors: readonly FactorRecord[] }): void {
  const [conflict] = planAssembly(request).conflicts;
  if (conflict !== undefined) throw conflictError(conflict);
}

/** A package by folder or installed name. @throws MissingFileError, InvalidManifestError, NewerSpecError */
export async function resolvePackage(
  specifier: string,
  from: string,
): Promise<CommonPackage | FactorPackage> {
  const found = await stat(specifier).catch(() => undefined);
  const couldBeName = /^(@[^/\\]+\/)?[^/\\.@][^/\\]*$/.test(specifier);
  return found?.isDirectory() || !couldBeName ? readPackage(specifier) : findPackage(specifier, from);
}

function isFactor(one: CommonPackage | FactorPackage): one is FactorPackage {
  return one.manifest.kind === 'factor';
}
