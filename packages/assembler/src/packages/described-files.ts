import type { CommonManifest, FactorManifest, FileDescription } from '@factornet/spec';

/** The files that a manifest names. */
export function describedFiles(manifest: CommonManifest | FactorManifest): FileDescription[] {
  const models = manifest.kind === 'common' ? [manifest.model] : [manifest.specific, manifest.head];
  return [...models.flatMap(({ topology, weights }) => [topology, weights]), manifest.probes.file];
}
