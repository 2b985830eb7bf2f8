import type { CommonManifest, Immutable } from '@factornet/spec';
import { SemVer } from 'semver';
import { compatibleRange } from './package-identity';

/**
 * The range of common-knowledge versions that a factor works with, made for `version` with these features.
 *
 * As long as a major has had one feature space, that is all of it: `^1.0.0` for 1.4.2. Once features moved within
 * tolerance, a factor works from the release on that first had its own: earlier ones do not stand in for later ones.
 */
export function fittingRange(
  version: string,
  manifest: Immutable<CommonManifest> | undefined,
  representation: string,
): string {
  const lineage = manifest?.compatibility.representations ?? [];
  const known = lineage.find((each) => each.representation === representation);
  const since = known?.version ?? (lineage.some((each) => each.version !== undefined) ? version : undefined);
  if (since === undefined) return compatibleRange(version);
  const { major, minor, prerelease } = new SemVer(since);
  // Patches of one minor release have the same features.
  return major > 0 && prerelease.length === 0 ? `^${major}.${minor}.0` : `^${since}`;
}
