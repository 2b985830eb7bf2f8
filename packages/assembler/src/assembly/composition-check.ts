import type { ReadCommon, ReadFactor } from '../packages/read-source';

/**
 * Looks at the packages of an assembly before anything of them is loaded, and throws for one that may not be in it. A
 * lockfile makes one: `pinnedBy` of `@factornet/assembler/lock`.
 */
export interface CompositionCheck {
  /** All that an assembly is made of. */
  checkAll(common: readonly ReadCommon[], factors: readonly ReadFactor[]): Promise<void>;
  /** A factor that is added later. */
  checkAdded(factor: ReadFactor): Promise<void>;
}
