import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import type { CommonPackage, FactorPackage } from '@factornet/spec';

/** A common-knowledge network: an imported package, or one in memory. */
export type CommonSource = CommonPackage | CommonNetwork;

/** A factor: an imported package, or one in memory. */
export type FactorSource = FactorPackage | FactorNetwork;

/** What a plan needs to know of a package: its name, its version, its manifest. */
export type CommonRecord = Omit<CommonPackage, 'files'>;

/** What a plan needs to know of a package: its name, its version, its manifest. */
export type FactorRecord = Omit<FactorPackage, 'files'>;

/** Tells which kind of package `readPackage` or `findPackage` came upon. */
export function isCommonPackage(found: CommonPackage | FactorPackage): found is CommonPackage {
  return found.manifest.kind === 'common';
}

/** Tells which kind of package `readPackage` or `findPackage` came upon. */
export function isFactorPackage(found: CommonPackage | FactorPackage): found is FactorPackage {
  return found.manifest.kind === 'factor';
}
