import { type CommonManifest, type FactorManifest, RefusedPackageError } from '@factornet/spec';
import type { PackageJson } from './package-json';

/**
 * Checks that npm is told of the common-knowledge package what the manifest says, and of no other.
 *
 * @throws RefusedPackageError (`dependencies`, `peer-range`)
 */
export function checkPeers(
  { peerDependencies = {} }: PackageJson,
  manifest: CommonManifest | FactorManifest,
  source: string,
): void {
  const peers: Readonly<Record<string, unknown>> = Object(peerDependencies);
  const common = manifest.kind === 'factor' ? manifest.common : undefined;
  const other = Object.keys(peers).find((name) => name !== common?.name);
  if (other !== undefined) {
    const found = 'it has a peer dependency besides the common-knowledge network';
    throw new RefusedPackageError({ source, rule: 'dependencies', found });
  }
  if (common === undefined || peers[common.name] === common.range) return;
  const found = `its peer dependency on ${common.name} is not the range ${common.range} of the manifest`;
  throw new RefusedPackageError({ source, rule: 'peer-range', found });
}
