import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  conflictError,
  isCommonPackage,
  isFactorPackage,
  type PlanRequest,
  planAssembly,
  resolvePackage as resolveSource,
} from '@factornet/assembler';
import { readPackage } from '@factornet/assembler/node';
import { type CommonPackage, type FactorPackage, InvalidOptionError } from '@factornet/spec';

/** Packages that a command was given, told apart. */
export interface PackageSet {
  /** One, unless factors were made for several. */
  readonly commons: readonly CommonPackage[];
  readonly factors: readonly FactorPackage[];
}

/**
 * Reads packages by folder, URL or, where there is no such folder, by name. Common-knowledge packages may be left out:
 * those that the factors name are then looked for where the others are.
 *
 * @param from CDN or folder in which names are looked up; the working directory by default
 * @throws MissingFileError, InvalidManifestError, NewerSpecError, RefusedPackageError
 * @throws InvalidOptionError if there is no factor
 */
export async function resolvePackages(
  packages: readonly string[],
  from = process.cwd(),
): Promise<PackageSet> {
  const found = await Promise.all(packages.map((each) => resolvePackage(each, from)));
  const factors = found.filter(isFactorPackage);
  if (factors.length === 0) {
    throw new InvalidOptionError({
      option: 'package',
      expected: 'at least one factor package',
      received: found.map(({ name }) => name),
    });
  }
  const commons = found.filter(isCommonPackage);
  return { factors, commons: commons.length > 0 ? commons : await findCommons(factors, from) };
}

/** @throws the first conflict's error, if these packages do not go together */
export function refuseConflicts({ commons, factors }: PackageSet, multipleTrunks = false): void {
  const [conflict] = planAssembly({ ...planRequest({ commons, factors }), multipleTrunks }).conflicts;
  if (conflict !== undefined) throw conflictError(conflict);
}

export function planRequest({ commons, factors }: PackageSet): PlanRequest {
  return { common: commons, factors };
}

/** A package by folder, URL or name. @throws MissingFileError, InvalidManifestError, NewerSpecError, RefusedPackageError */
export async function resolvePackage(
  specifier: string,
  from: string,
): Promise<CommonPackage | FactorPackage> {
  const found = await stat(specifier).catch(() => undefined);
  if (found?.isDirectory()) return readPackage(specifier);
  const isAddress = /^[a-z][a-z\d+.-]+:/i.test(specifier);
  const couldBeName = /^(@[^/\\]+\/)?[^/\\.@][^/\\]*$/.test(specifier);
  return isAddress || couldBeName
    ? resolveSource(specifier, { from: isWebAddress(from) ? from : resolve(from) })
    : readPackage(specifier);
}

/** The networks that factors were made for: the range that they name on a CDN, else what is installed. */
async function findCommons(factors: readonly FactorPackage[], from: string): Promise<CommonPackage[]> {
  const wanted = new Map(factors.map(({ manifest: { common } }) => [common.name, common]));
  // By name alone: what a stranger's manifest names is never a folder here.
  const found = [...wanted.values()].map(({ name, range }) =>
    isWebAddress(from)
      ? resolveSource(`${name}@${range}`, { from })
      : resolveSource(name, { from: resolve(from) }),
  );
  return (await Promise.all(found)) as CommonPackage[];
}

const isWebAddress = (text: string) => /^https?:/i.test(text);
