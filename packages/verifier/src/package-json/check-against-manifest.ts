import {
  type CommonManifest,
  type FactorManifest,
  type PackageRule,
  RefusedPackageError,
} from '@factornet/spec';
import { describedFiles } from '@factornet/spec/internal';
import type { PackageJson } from './package-json';

type Manifest = CommonManifest | FactorManifest;

/**
 * Checks that npm is told what the manifest says: of the common-knowledge package and no other, and of every file.
 *
 * @throws RefusedPackageError (`dependencies`, `peer-range`, `package-json`)
 */
export function checkAgainstManifest(json: PackageJson, manifest: Manifest, source: string): void {
  const refuse = (rule: PackageRule, found: string): never => {
    throw new RefusedPackageError({ source, rule, found });
  };
  const peers: Readonly<Record<string, unknown>> = Object(json.peerDependencies);
  const common = manifest.kind === 'factor' ? manifest.common : undefined;
  if (Object.keys(peers).some((name) => name !== common?.name)) {
    refuse('dependencies', 'it has a peer dependency besides the common-knowledge network');
  }
  if (common !== undefined && peers[common.name] !== common.range) {
    refuse(
      'peer-range',
      `its peer dependency on ${common.name} is not the range ${common.range} of the manifest`,
    );
  }
  if (json.files === undefined) return;
  const published: readonly unknown[] = Array.isArray(json.files) ? json.files : [];
  const missing = ['index.js', 'index.d.ts', ...describedFiles(manifest).map(({ path }) => path)].find(
    (name) => !published.includes(name),
  );
  if (missing !== undefined) refuse('package-json', `its files, which npm publishes, leave out ${missing}`);
}
