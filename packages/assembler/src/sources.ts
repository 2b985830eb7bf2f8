import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import type { CommonPackage, FactorPackage, KindOptions } from '@factornet/spec';

/**
 * A common-knowledge network: an imported package, one in memory, or where a package is: an installed name, a folder,
 * a URL.
 */
export type CommonSource = CommonPackage | CommonNetwork | string | URL;

/** A factor: an imported package, one in memory, or where a package is: an installed name, a folder, a URL. */
export type FactorSource = FactorPackage | FactorNetwork | string | URL;

/** What a plan needs to know of a package: its name, its version, its manifest. */
export type CommonRecord = Omit<CommonPackage, 'files'>;

/** What a plan needs to know of a package: its name, its version, its manifest. */
export type FactorRecord = Omit<FactorPackage, 'files'>;

/** Where packages lie that are given by name, what kinds of tasks they may have, and when to stop reading them. */
export interface SourceOptions extends KindOptions {
  /** Ends all reading and loading, with a CancelledError. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that a server may send nothing before it is given up. Default 30,000. */
  readonly timeout?: number | undefined;
  /**
   * - the base URL of a CDN, which has packages at `<from>/<name>@<range>/`, e.g. `https://cdn.jsdelivr.net/npm/`; files are
   *   loaded from `<from>/<name>@<version>/`, whatever is released meanwhile;
   * - or a folder of that layout, or one that sees installed packages (Node).
   *
   * Default: the working directory, in Node.
   */
  readonly from?: string | URL | undefined;
}

/** Tells which kind of package `readPackage` or `findPackage` came upon. */
export function isCommonPackage(found: CommonPackage | FactorPackage): found is CommonPackage {
  return found.manifest.kind === 'common';
}

/** Tells which kind of package `readPackage` or `findPackage` came upon. */
export function isFactorPackage(found: CommonPackage | FactorPackage): found is FactorPackage {
  return found.manifest.kind === 'factor';
}
