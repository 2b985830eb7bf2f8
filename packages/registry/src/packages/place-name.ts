import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { locatePackage } from '@factornet/assembler/node';
import { readPackageJson } from '@factornet/core/node';
import { findInstalledFolder, installedFolder } from '../project/installed-folder';
import { chooseOrigin, type NameMeaning, type NameSpecifier } from './choose-origin';
import type { PackagePlace, Ways } from './package-place';

export interface NameOptions {
  /** Where names are looked up and nowhere else: a CDN, as `<from>/<name>@<range>/`, or a folder. */
  from?: string | undefined;
  /** What they mean where that is left out. Default `installed`. */
  names?: NameMeaning;
}

/**
 * Finds a package by its name.
 *
 * @throws MissingFileError if it is not installed, and a name alone does not ask a registry
 * @throws RegistryError, CancelledError, and what reading its `package.json` throws
 */
export async function placeName(
  specifier: NameSpecifier,
  cwd: string,
  { from, names = 'installed' }: NameOptions,
  { inFolder, fetched, onServer }: Ways,
): Promise<PackagePlace> {
  const { name } = specifier;
  const range = specifier.form === 'name' ? undefined : specifier.wanted;
  const [label, wanted] = range === undefined ? [name, { name }] : [`${name}@${range}`, { name, range }];
  if (from !== undefined) {
    const base = /^[a-z][a-z\d+.-]+:/i.test(from) ? from : resolve(cwd, from);
    const located = locatePackage(label, { from: base });
    return located.location.protocol === 'file:'
      ? inFolder(fileURLToPath(new URL('.', located.location)), 'installed', wanted)
      : onServer(located);
  }
  const folder = await findInstalledFolder(name, cwd);
  switch (chooseOrigin(specifier, await versionIn(folder, range), names)) {
    case 'registry':
      return fetched(label, 'registry', wanted);
    default:
      return inFolder(folder ?? (await installedFolder(name, cwd)), 'installed', wanted);
  }
}

/** Read only where it decides: what is broken is for whoever reads the package to say. */
async function versionIn(folder: string | undefined, range: string | undefined): Promise<string | undefined> {
  if (folder === undefined || range === undefined) return folder;
  return String((await readPackageJson(join(folder, 'package.json'))).version);
}
