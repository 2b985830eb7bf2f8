import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CommonPackage, FactorPackage, KindOptions } from '@factornet/spec';
import { readPackageAt } from './read-package-at';

/**
 * Reads a factornet package folder without running any of its code: `package.json` alone. The model files
 * are read, and checked, when it is assembled.
 *
 * @throws MissingFileError if there is no `package.json`
 * @throws InvalidManifestError if it is no common-knowledge or factor package
 * @throws NewerSpecError if it follows a later specification
 * @throws RefusedPackageError if it is a link, too long or nested too deeply
 * @example
 * const shape = await readPackage('node_modules/@scope/shape');
 */
export async function readPackage(
  directory: string,
  options?: KindOptions,
): Promise<CommonPackage | FactorPackage> {
  return readPackageAt({ location: pathToFileURL(join(resolve(directory), 'package.json')) }, options);
}
