import { resolve } from 'node:path';
import type { CommonPackage, FactorPackage, KindOptions } from '@factornet/spec';
import { findInstalled } from './find-installed';
import { folderUrl } from './folder-url';
import { readPackageAt } from './read-package-at';

/**
 * Finds an installed factornet package as Node would from a folder (its `node_modules` and those above) and
 * reads it with `readPackage`, without running any of its code.
 *
 * @throws MissingFileError if it is not installed, InvalidManifestError, NewerSpecError
 * @example
 * const ckn = await findPackage('@scope/ckn', process.cwd());
 */
export async function findPackage(
  name: string,
  fromDirectory: string,
  options?: KindOptions,
): Promise<CommonPackage | FactorPackage> {
  return readPackageAt({ location: findInstalled(name, folderUrl(resolve(fromDirectory))) }, options);
}
