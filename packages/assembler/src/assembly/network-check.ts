import type { LoadedFactor, LoadedTrunk } from './loaded';

/**
 * Looks at networks that were loaded before an assembly is made of them, and throws for one that does not do what it
 * should. `goldenProbes` of `@factornet/assembler/probes` is one.
 */
export interface NetworkCheck {
  checkTrunk(trunk: LoadedTrunk, signal?: AbortSignal): Promise<void>;
  checkFactor(factor: LoadedFactor, trunk: LoadedTrunk, signal?: AbortSignal): Promise<void>;
}
