import {
  type CommonManifest,
  type FactorManifest,
  type Immutable,
  InvalidManifestError,
  parseManifest,
} from '@factornet/spec';
import { describedFiles, isPackageName, isVersion } from '@factornet/spec/internal';
import { checkDataOnly } from './check-data-only';

/** One release of a package of knowledge, as its registry, its folder or its tarball describes it. */
export interface Published<M extends CommonManifest | FactorManifest> {
  readonly name: string;
  readonly version: string;
  readonly manifest: Immutable<M>;
  /** What to tell a package manager to get exactly this: `name@version`, or the path of a folder or tarball. */
  readonly specifier: string;
  /** Bytes of its files: stated by the registry, else the sum that its manifest states. */
  readonly unpackedBytes: number;
  /** Bytes of the tarball, where they are known beforehand. */
  readonly tarballBytes?: number;
  /** The publisher's words, if it was deprecated. */
  readonly deprecated?: string;
}

export type PublishedCommon = Published<CommonManifest>;
export type PublishedFactor = Published<FactorManifest>;
export type PublishedPackage = PublishedCommon | PublishedFactor;

export function isPublishedCommon(one: PublishedPackage): one is PublishedCommon {
  return one.manifest.kind === 'common';
}

export function isPublishedFactor(one: PublishedPackage): one is PublishedFactor {
  return one.manifest.kind === 'factor';
}

/** What is known of a package besides what its `package.json` holds. */
export interface Provided {
  /** What a message calls it, where it has no name and version of its own. */
  source: string;
  /** Default: `name@version`. */
  specifier?: string;
  unpackedBytes?: number;
  tarballBytes?: number;
}

/**
 * Reads what a registry, folder or tarball says a package is: its `package.json`, plus what a registry adds.
 *
 * @throws InvalidManifestError if it is no common-knowledge or factor package
 * @throws NewerSpecError if it follows a later specification
 * @throws RefusedPackageError if it would run something on install, or bring other packages along
 */
export function parsePublished(description: unknown, provided: Provided): PublishedPackage {
  const { name, version, factornet, dist, deprecated, ...rest } = Object(description) as Record<
    string,
    unknown
  >;
  const identity = checkIdentity(name, version, provided.source);
  const source = `${identity.name}@${identity.version}`;
  if (factornet === undefined) {
    throw new InvalidManifestError(
      { source, issues: ['factornet: expected a manifest, found none'] },
      { hint: 'It is an ordinary npm package; name one that `factornet publish` published.' },
    );
  }
  const manifest = parseManifest(factornet, source);
  checkDataOnly(rest, manifest, source);
  const { unpackedSize, size } = Object(dist) as { unpackedSize?: unknown; size?: unknown };
  const tarballBytes = provided.tarballBytes ?? count(size);
  return {
    ...identity,
    manifest,
    specifier: provided.specifier ?? source,
    unpackedBytes: provided.unpackedBytes ?? count(unpackedSize) ?? describedBytes(manifest),
    ...(tarballBytes !== undefined && { tarballBytes }),
    ...(typeof deprecated === 'string' && deprecated !== '' && { deprecated: plain(deprecated) }),
  } as PublishedPackage;
}

/** Both become arguments of a package manager, and lines on a terminal. */
function checkIdentity(name: unknown, version: unknown, source: string): { name: string; version: string } {
  const issues: string[] = [];
  if (!isPackageName(name)) issues.push('name: must be a package name');
  if (!isVersion(version)) issues.push('version: must be a semantic version');
  if (issues.length > 0) throw new InvalidManifestError({ source, issues });
  return { name: name as string, version: version as string };
}

function describedBytes(manifest: CommonManifest | FactorManifest): number {
  return describedFiles(manifest).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A stranger's words on a terminal: no control characters, and not a page of them. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').slice(0, 200);
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
