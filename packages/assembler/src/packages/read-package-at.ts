import { fetchPackageJson, pathOf, readPackageJson } from '@factornet/core';
import {
  type CommonPackage,
  describedFiles,
  type FactorPackage,
  InvalidManifestError,
  parseManifest,
} from '@factornet/spec';
import { isRange, satisfiesRange } from '../plan/satisfies-range';
import type { PackageLocation } from './locate-package';

/**
 * Reads a factornet package from a folder or a server without running any of its code: `package.json` alone. The model
 * files, which lie beside it, are read, and checked, when it is assembled.
 *
 * @throws MissingFileError if there is no `package.json`
 * @throws InvalidManifestError if it is no common-knowledge or factor package, or not the one that was asked for
 * @throws NewerSpecError if it follows a later specification
 * @throws RefusedPackageError if it is a link, too long or nested too deeply
 */
export async function readPackageAt(asked: PackageLocation): Promise<CommonPackage | FactorPackage> {
  const { description, location } =
    asked.location.protocol === 'file:'
      ? { description: await readPackageJson(asked.location), location: asked.location }
      : await fetchPackageJson(asked.location);
  const source = pathOf(location);
  const { name, version, factornet } = description;
  if (factornet === undefined) {
    throw new InvalidManifestError(
      { source, issues: ['factornet: expected a manifest, found none'] },
      { hint: 'It is an ordinary npm package; name one that `factornet pack` made.' },
    );
  }
  const manifest = parseManifest(factornet, source);
  const issues = [
    ...findIssues('name', name, asked.name, (found) => found === asked.name),
    ...findIssues(
      'version',
      version,
      asked.range,
      (found, range) => !isRange(range) || satisfiesRange(found, range),
    ),
  ];
  if (issues.length > 0) throw new InvalidManifestError({ source, issues });
  const files = describedFiles(manifest).map(({ path }) => [path, new URL(path, location)] as const);
  // The manifest as it is written, fields that this release does not know included: a lockfile pins all of it.
  return { name, version, manifest: factornet, files: Object.fromEntries(files) } as never;
}

function findIssues(
  field: string,
  found: unknown,
  expected: string | undefined,
  fits: (found: string, expected: string) => boolean,
): string[] {
  if (typeof found !== 'string') return [`${field}: expected text`];
  if (expected === undefined || fits(found, expected)) return [];
  return [`${field}: expected ${expected}, found ${found}`];
}
