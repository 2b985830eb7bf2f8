import { lstat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { MissingFileError } from '@factornet/spec';
import { isPackageName, shellWord } from '@factornet/spec/internal';

/**
 * The folder of an installed package, here or in a folder above; no package is asked for its consent, as Node would. Its
 * `package.json` may be a link, or broken: it is for whoever reads it to say so.
 *
 * @throws MissingFileError if it is not installed
 */
export async function installedFolder(name: string, from: string): Promise<string> {
  const found = await findInstalledFolder(name, from);
  if (found !== undefined) return found;
  const path = `The package ${name}, looked for from ${from},`;
  throw new MissingFileError({ path }, { hint: `Install it: npm install ${shellWord(name)}` });
}

/** As {@link installedFolder}; undefined if it is not installed. */
export async function findInstalledFolder(name: string, from: string): Promise<string | undefined> {
  if (!isPackageName(name)) return undefined;
  for (let at = resolve(from); ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    const found = await lstat(join(folder, 'package.json')).catch(() => undefined);
    if (found !== undefined) return folder;
    if (at === dirname(at)) return undefined;
  }
}
