import { fetchPackageJson, pathOf, type Reading, readPackageJson } from '@factornet/core/internal';
import {
  type CommonPackage,
  type FactorPackage,
  InvalidManifestError,
  type KindOptions,
  parseManifest,
  satisfiesRange,
} from '@factornet/spec';
import { describedFiles, isPackageName, isRange, isVersion } from '@factornet/spec/internal';
import type { PackageLocation } from './locate-package';

/**
 * Reads a factornet package from a folder or a server without running any of its code: `package.json` alone. The model
 * files, which lie beside it, are read, and checked, when it is assembled.
 *
 * @throws MissingFileError if there is no `package.json`
 * @throws InvalidManifestError if it is no common-knowledge or factor package, or not the one that was asked for
 * @throws NewerSpecError if it follows a later specification
 * @throws RefusedPackageError if it is a link, too long or nested too deeply
 * @throws CancelledError when the signal aborts
 */
export async function readPackageAt(
  asked: PackageLocation,
  reading: Reading & KindOptions = {},
): Promise<CommonPackage | FactorPackage> {
  const { description, location } =
    asked.location.protocol === 'file:'
      ? { description: await readPackageJson(asked.location), location: asked.location }
      : await fetchPackageJson(asked.location, reading);
  const source = pathOf(location);
  const { name, version, factornet } = description;
  if (factornet === undefined) {
    throw new InvalidManifestError(
      { source, issues: ['factornet: expected a manifest, found none'] },
      { hint: 'It is an ordinary npm package; name one that `factornet pack` made.' },
    );
  }
  const manifest = parseManifest(factornet, source, reading.kinds);
  checkIdentity(description, source, asked);
  const place = placeOf(asked, location, version as string);
  const files = describedFiles(manifest).map(({ path }) => [path, new URL(path, place)] as const);
  // The manifest as it is written, fields that this release does not know included: a lockfile pins all of it.
  return { name, version, manifest: factornet, files: Object.fromEntries(files) } as never;
}

/**
 * Checks that a package has a name and a version, and those that were asked for.
 *
 * @throws InvalidManifestError
 */
export function checkIdentity(
  { name, version }: { readonly name?: unknown; readonly version?: unknown },
  source: string,
  { name: wanted = name, range }: { readonly name?: unknown; readonly range?: string | undefined } = {},
): void {
  const issues: string[] = [];
  if (!isPackageName(name)) issues.push('name: expected a package name');
  else if (name !== wanted) issues.push(`name: expected ${wanted}, found ${name}`);
  if (!isVersion(version)) issues.push('version: expected a semantic version');
  // A tag, as CDNs have them, may be any version.
  else if (range !== undefined && isRange(range) && !satisfiesRange(version, range)) {
    issues.push(`version: expected ${range}, found ${version}`);
  }
  if (issues.length > 0) throw new InvalidManifestError({ source, issues });
}

/**
 * Beside what the files of that very version lie: by the time that they are loaded, a range may mean a later one. A
 * server that redirects ranges has named the version already.
 */
function placeOf({ location: asked, range }: PackageLocation, location: URL, version: string): URL {
  if (range === undefined || location.protocol === 'file:' || location.pathname !== asked.pathname)
    return location;
  return new URL(location.href.replace(`@${encodeURIComponent(range)}/`, `@${version}/`));
}
