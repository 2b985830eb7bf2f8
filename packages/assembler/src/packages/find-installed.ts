import { pathOf } from '@factornet/core/internal';
import { InvalidManifestError, MissingFileError } from '@factornet/spec';
import { isPackageName, shellWord } from '@factornet/spec/internal';

/**
 * Where the `package.json` of an installed package lies, found as Node would from a folder: its `node_modules`, then
 * those above. Node only.
 *
 * @throws MissingFileError if it is not installed
 * @throws InvalidManifestError if it hides its `package.json`, as no factornet package does
 */
export function findInstalled(name: string, folder: URL): URL {
  const [{ createRequire }, { pathToFileURL }] = [
    process.getBuiltinModule('node:module'),
    process.getBuiltinModule('node:url'),
  ];
  try {
    // Node would take another text for a path.
    if (!isPackageName(name)) throw new Error('It is no package name.');
    // The file itself need not exist: it only says where the search starts.
    return pathToFileURL(createRequire(new URL('package.json', folder)).resolve(`${name}/package.json`));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') {
      throw new InvalidManifestError({ source: name, issues: ['it is not a factornet package'] }, { cause });
    }
    throw new MissingFileError(
      { path: `The package ${name}, looked for from ${pathOf(folder).replace(/(?<=.)\/$/, '')},` },
      { cause, hint: `Install it: npm install ${shellWord(name)}` },
    );
  }
}
