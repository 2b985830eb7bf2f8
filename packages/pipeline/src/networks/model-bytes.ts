import type { ModelFiles } from '@factornet/spec';

/** A manifest or `brick.json`, by the files that it names. */
type WithModels =
  | { readonly kind: 'common'; readonly model: ModelFiles }
  | { readonly kind: 'factor'; readonly specific: ModelFiles; readonly head: ModelFiles };

/** Bytes of a network's models, topology and weights; probes and other files of a package are not counted. */
export function modelBytesOf(found: WithModels): number {
  return modelBytes(found.kind === 'common' ? [found.model] : [found.specific, found.head]);
}

export function modelBytes(models: readonly ModelFiles[]): number {
  return models.reduce((sum, { topology, weights }) => sum + topology.bytes + weights.bytes, 0);
}
