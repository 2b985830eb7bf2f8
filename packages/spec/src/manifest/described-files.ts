import type { CommonManifest } from './common-manifest';
import type { FactorManifest } from './factor-manifest';
import type { Immutable } from './immutable';
import type { FileDescription } from './primitives';

/** The files that a manifest names, in the order they are listed everywhere. */
export function describedFiles(
  manifest: Immutable<CommonManifest> | Immutable<FactorManifest>,
): FileDescription[] {
  const models = manifest.kind === 'common' ? [manifest.model] : [manifest.specific, manifest.head];
  return [...models.flatMap(({ topology, weights }) => [topology, weights]), manifest.probes.file];
}
