import { join, resolve } from 'node:path';
import { type AssemblyPlan, isCommonPackage, isFactorPackage, planAssembly } from '@factornet/assembler';
import { readPackage } from '@factornet/assembler/node';
import { inParallel, readPackageFile } from '@factornet/core/node';
import { type CommonPackage, FactornetError, type FactorPackage, LIMITS } from '@factornet/spec';
import { findInstalledFolder } from './installed-folder';
import { readProject } from './read-project';

/** A dependency that is a package of knowledge, but cannot be used. */
export interface BrokenPackage {
  readonly name: string;
  readonly error: FactornetError;
}

/** Packages of knowledge among the dependencies of a project, as they are installed. */
export interface InstalledProject {
  readonly directory: string;
  /** Names that `package.json` lists. */
  readonly dependencies: readonly string[];
  readonly commons: readonly CommonPackage[];
  readonly factors: readonly FactorPackage[];
  readonly broken: readonly BrokenPackage[];
  /** Dependencies that are not installed, whatever they are. */
  readonly missing: readonly string[];
}

/** Factors that were made for one common-knowledge network. */
export interface InstalledGroup {
  /** The name of the common-knowledge package. */
  readonly name: string;
  /** Undefined if it is not installed. */
  readonly common: CommonPackage | undefined;
  readonly factors: readonly FactorPackage[];
  /** What they assemble to, and what stands in the way; undefined without the common-knowledge network. */
  readonly plan: AssemblyPlan | undefined;
}

/**
 * Looks through the dependencies of a project (`dependencies`, `devDependencies`, `optionalDependencies`) for packages
 * of knowledge, and for the common-knowledge networks that their factors want. Runs no code of any.
 *
 * @throws MissingFileError if the folder has no `package.json`, InvalidManifestError if it is not JSON
 * @example
 * const { factors } = await listInstalled(process.cwd());
 */
export async function listInstalled(directory: string): Promise<InstalledProject> {
  const folder = resolve(directory);
  const { dependencies } = await readProject(folder);
  const found = await inParallel(dependencies, (name) => look(name, folder));
  const packages = found.flatMap((each) => ('found' in each ? [each.found] : []));
  const factors = packages.filter(isFactorPackage);
  const commons = packages.filter(isCommonPackage);
  // A peer that the package manager added of its own accord: no dependency of the project, but there.
  const peers = [...new Set(factors.map(({ manifest }) => manifest.common.name))];
  const unlisted = await inParallel(
    peers.filter((name) => !dependencies.includes(name)),
    (name) => look(name, folder),
  );
  for (const each of unlisted) if ('found' in each && isCommonPackage(each.found)) commons.push(each.found);
  return {
    directory: folder,
    dependencies,
    commons,
    factors,
    broken: [...found, ...unlisted].flatMap((each) => ('broken' in each ? [each.broken] : [])),
    missing: dependencies.filter((_, index) => 'missing' in (found[index] as object)),
  };
}

/** Sorts factors under their common-knowledge networks and plans each group. Pure. */
export function groupInstalled({
  commons,
  factors,
}: Pick<InstalledProject, 'commons' | 'factors'>): InstalledGroup[] {
  const names = [...commons.map(({ name }) => name), ...factors.map(({ manifest }) => manifest.common.name)];
  return [...new Set(names)].map((name) => {
    const common = commons.find((each) => each.name === name);
    const own = factors.filter(({ manifest }) => manifest.common.name === name);
    const plan = common && planAssembly({ common, factors: own });
    return { name, common, factors: own, plan };
  });
}

type Look =
  | { found: CommonPackage | FactorPackage }
  | { broken: BrokenPackage }
  | { missing: true }
  | { other: true };

async function look(name: string, folder: string): Promise<Look> {
  try {
    const directory = await findInstalledFolder(name, folder);
    if (directory === undefined) return { missing: true };
    const description = await readPackageFile(join(directory, 'package.json'), LIMITS.packageJsonBytes);
    if (!isOfKnowledge(new TextDecoder().decode(description))) return { other: true };
    return { found: await readPackage(directory) };
  } catch (error) {
    if (!FactornetError.isInstance(error)) throw error;
    return { broken: { name, error } };
  }
}

function isOfKnowledge(description: string): boolean {
  try {
    return Object(JSON.parse(description)).factornet !== undefined;
  } catch {
    return /"factornet"\s*:/.test(description);
  }
}
