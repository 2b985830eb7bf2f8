import type { CommonManifest, FactorManifest, ModelFiles } from '@factornet/spec';

/** Bytes of a package's models, topology and weights; its probes and other files are not counted. */
export function modelBytesOf(manifest: CommonManifest | FactorManifest): number {
  return modelBytes(manifest.kind === 'common' ? [manifest.model] : [manifest.specific, manifest.head]);
}

export function modelBytes(models: readonly ModelFiles[]): number {
  return models.reduce((sum, { topology, weights }) => sum + topology.bytes + weights.bytes, 0);
}
