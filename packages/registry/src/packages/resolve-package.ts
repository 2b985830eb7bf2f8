import { readPackageAt } from '@factornet/assembler/node';
import type { CommonPackage, FactorPackage } from '@factornet/spec';
import type { PackagePlace } from './package-place';
import { type PlaceOptions, placePackage } from './place-package';
import { createWorkspace, type Workspace } from './workspace';

/** A package that was found and says what it is. */
export interface ResolvedPackage extends PackagePlace {
  /** Its manifest, and where its files lie: as `assemble` takes it, which checks every file that it reads. */
  readonly found: CommonPackage | FactorPackage;
  /** Removes what was fetched or unpacked for it. */
  release(): Promise<void>;
}

/**
 * Finds a package by what a user calls it: a folder, a tarball, a URL of either, an installed name, or a name on a registry
 * with a version, range or tag ({@link parseSpecifier}). What is not a folder here is fetched or unpacked into a temporary
 * one. Reads what it says about itself; no code of it is run.
 *
 * @throws InvalidOptionError for what is nothing of the kind
 * @throws MissingFileError, InvalidManifestError, NewerSpecError, RefusedPackageError, RegistryError, CancelledError
 * @example
 * const { found, origin, release } = await resolvePackage('@scope/shape@^1.2.0');
 */
export async function resolvePackage(text: string, options?: PlaceOptions): Promise<ResolvedPackage> {
  const workspace = createWorkspace();
  try {
    return { ...(await resolveInto(workspace, text, options)), release: workspace.release };
  } catch (error) {
    await workspace.release();
    throw error;
  }
}

/** As {@link resolvePackage}, with what it fetches in a workspace that others share. */
export async function resolveInto(
  workspace: Workspace,
  text: string,
  options: PlaceOptions = {},
): Promise<Omit<ResolvedPackage, 'release'>> {
  const place = await placePackage(text, workspace, options);
  return { ...place, found: await readPackageAt(place.location, options) };
}
