import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { locatePackage } from '@factornet/assembler/node';
import type { KindOptions } from '@factornet/spec';
import { findLocalPath, isFolder } from './local-path';
import { type FetchOptions, type PackagePlace, waysTo } from './package-place';
import { parseSpecifier, type Specifier } from './parse-specifier';
import { type NameOptions, placeName } from './place-name';
import type { Workspace } from './workspace';

export interface PlaceOptions extends FetchOptions, NameOptions, KindOptions {
  /** What a message calls the text: an argument or a flag. */
  option?: string | undefined;
  /** Whether a name may be that of a folder in `cwd`, which then comes first. Default true. */
  folders?: boolean;
}

/**
 * Finds a package by what a user calls it, and fetches or unpacks it where need be; no more of it is read than its version.
 *
 * @param workspace for what has to lie somewhere
 * @throws InvalidOptionError, MissingFileError, RefusedPackageError, InvalidManifestError, RegistryError, CancelledError
 */
export async function placePackage(
  text: string,
  workspace: Workspace,
  options: PlaceOptions = {},
): Promise<PackagePlace> {
  const { cwd = process.cwd(), option, folders = true } = options;
  const ways = waysTo(text, workspace, options);
  const specifier: Specifier = parseSpecifier(text, option);
  switch (specifier.form) {
    case 'remote-folder':
      return ways.onServer(locatePackage(specifier.url));
    case 'remote-tarball':
      return ways.fetched(specifier.url, 'server');
    case 'folder':
    case 'tarball': {
      const { form, path } = await findLocalPath(specifier, cwd, option);
      return form === 'folder' ? ways.inFolder(path, 'folder') : ways.inTarball(path);
    }
    default: {
      const here = join(cwd, text);
      if (folders && (await isPackage(here))) return ways.inFolder(here, 'folder');
      return placeName(specifier, cwd, options, ways).catch(async (error: unknown) => {
        // It is no package, but it is there: whoever reads it says what it lacks.
        if (folders && specifier.form === 'name' && (await isFolder(here)))
          return ways.inFolder(here, 'folder');
        throw error;
      });
    }
  }
}

async function isPackage(folder: string): Promise<boolean> {
  return (await lstat(join(folder, 'package.json')).catch(() => undefined)) !== undefined;
}
