import type { FactorManifest, Immutable } from '@factornet/spec';

/**
 * The accuracy that a factor states for itself, as it is packed: of narrowed weights, if it was measured with them.
 * Undefined if nobody measured it.
 */
export function statedAccuracy({ report, narrowing }: Immutable<FactorManifest>): number | undefined {
  return narrowing?.accuracy?.after ?? report.accuracy;
}
