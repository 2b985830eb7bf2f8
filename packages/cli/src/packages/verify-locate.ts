import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { installedFolder } from '@factornet/registry';
import { MissingFileError } from '@factornet/spec';
import { isPackageName } from '@factornet/spec/internal';

/**
 * The folder of a package that is given as a folder or by the name under which it is installed.
 *
 * @throws MissingFileError if there is none
 */
export async function locateFolder(specifier: string, from = process.cwd()): Promise<string> {
  const folder = resolve(from, specifier);
  if ((await stat(folder).catch(() => undefined))?.isDirectory()) return folder;
  if (isPackageName(specifier)) return installedFolder(specifier, from);
  throw new MissingFileError({ path: folder }, { hint: 'Name a package folder, e.g. packages/shapes-hue.' });
}
