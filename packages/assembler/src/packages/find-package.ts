import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import {
  type CommonPackage,
  type FactorPackage,
  InvalidManifestError,
  MissingFileError,
} from '@factornet/spec';
import { readPackage } from './read-package';

/**
 * Finds an installed factornet package as Node would from a folder (its `node_modules` and those above) and
 * reads it with {@link readPackage}, without running any of its code.
 *
 * @throws MissingFileError if it is not installed, InvalidManifestError, NewerSpecError
 * @example
 * const ckn = await findPackage('@scope/ckn', process.cwd());
 */
export async function findPackage(
  name: string,
  fromDirectory: string,
): Promise<CommonPackage | FactorPackage> {
  const folder = resolve(fromDirectory);
  let description: string;
  try {
    // The file itself need not exist: it only says where the search starts.
    description = createRequire(resolve(folder, 'package.json')).resolve(`${name}/package.json`);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') {
      throw new InvalidManifestError({ source: name, issues: ['it is not a factornet package'] }, { cause });
    }
    throw new MissingFileError(
      { path: `The package ${name}, looked for from ${folder},` },
      { cause, hint: `Install it: npm install ${name}` },
    );
  }
  return readPackage(dirname(description));
}
