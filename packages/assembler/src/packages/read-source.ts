import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import {
  type BrickPackage,
  type CommonPackage,
  type FactorPackage,
  type KindOptions,
  type Manifest,
  parseCommonManifest,
  parseFactorManifest,
} from '@factornet/spec';
import type { CommonSource, FactorSource, SourceOptions } from '../sources';
import { locatePackage } from './locate-package';
import { checkIdentity, readPackageAt } from './read-package-at';

/** A common-knowledge network whose manifest was read and checked. */
export type ReadCommon = CommonPackage | CommonNetwork;

/** A factor whose manifest was read and checked. */
export type ReadFactor = FactorPackage | FactorNetwork;

/**
 * Reads the manifest of a source and checks it; no model file yet, and no code of a package.
 *
 * @throws MissingFileError, InvalidManifestError, NewerSpecError, RefusedPackageError, InvalidOptionError, CancelledError
 */
export async function readCommonSource(source: CommonSource, options?: SourceOptions): Promise<ReadCommon> {
  const found = isLocation(source) ? await readSource(source, options) : source;
  if ('manifest' in found) checkCommon(found);
  return found;
}

/** As {@link readCommonSource}, for a factor. */
export async function readFactorSource(source: FactorSource, options?: SourceOptions): Promise<ReadFactor> {
  const found = isLocation(source) ? await readSource(source, options) : source;
  if ('manifest' in found) checkFactor(found, options);
  return found;
}

function checkCommon(found: BrickPackage<Manifest>): asserts found is CommonPackage {
  checkIdentity(found, 'a package');
  parseCommonManifest(found.manifest, labelOf(found));
}

function checkFactor(found: BrickPackage<Manifest>, options?: KindOptions): asserts found is FactorPackage {
  checkIdentity(found, 'a package');
  parseFactorManifest(found.manifest, labelOf(found), options?.kinds);
}

/**
 * Reads what a package says about itself, by name, folder or URL, without running any of its code or loading a model.
 *
 * @throws MissingFileError, InvalidManifestError, NewerSpecError, RefusedPackageError, InvalidOptionError, CancelledError
 * @example
 * const shape = await readSource('@scope/shape@^1.0.0', { from: 'https://cdn.jsdelivr.net/npm/' });
 * console.log(planAssembly({ common: ckn, factors: [shape] }).bytes);
 */
export async function readSource(
  source: string | URL,
  options?: SourceOptions,
): Promise<CommonPackage | FactorPackage> {
  return readPackageAt(locatePackage(source, options), options);
}

function isLocation(source: object | string): source is string | URL {
  return typeof source === 'string' || 'href' in source;
}

/** `name@version`, for messages. */
export function labelOf({ name, version }: { name: string; version: string }): string {
  return `${name}@${version}`;
}
