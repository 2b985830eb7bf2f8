import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS, MissingFileError, RefusedPackageError } from '@factornet/spec';
import { PackageTooLargeError } from '@factornet/spec/publishing';

/** Names that any package may have besides what its manifest names. */
export const fixedFiles: readonly string[] = [
  'package.json',
  'index.js',
  'index.d.ts',
  'README.md',
  'LICENSE',
];

/** File name → bytes. */
export type FolderListing = ReadonlyMap<string, number>;

/**
 * Lists a package folder and refuses what no package has, opening nothing: links, folders, pipes and devices, names that
 * no manifest can name, too many files, too many bytes.
 *
 * @param maxBytes of all files together
 * @throws MissingFileError if there is no such folder
 * @throws RefusedPackageError (`symbolic-link`, `unexpected-file`, `size`), PackageTooLargeError
 */
export async function listFolder(directory: string, maxBytes: number): Promise<FolderListing> {
  const listing = new Map<string, number>();
  for (const name of await namesIn(directory)) {
    const source = join(directory, name);
    const refuse = (rule: 'symbolic-link' | 'unexpected-file', found: string, hint: string) => {
      throw new RefusedPackageError({ source, rule, found }, { hint });
    };
    const found = await lstat(source).catch(() => undefined);
    if (found?.isSymbolicLink())
      refuse('symbolic-link', 'it is a symbolic link', 'Put the file itself there.');
    if (!found?.isFile()) refuse('unexpected-file', 'it is no regular file', 'Packages have no folders.');
    if (!fixedFiles.includes(name) && !/^[a-z0-9][a-z0-9.-]*\.(?:json|bin)$/.test(name)) {
      refuse('unexpected-file', 'no package of knowledge has such a file', 'Remove it, or pack again.');
    }
    listing.set(name, found?.size ?? 0);
  }
  const bytes = [...listing.values()].reduce((sum, size) => sum + size, 0);
  if (bytes > maxBytes) throw new PackageTooLargeError({ source: directory, bytes, limit: maxBytes });
  return listing;
}

/** Of a folder of a million files no more are listed than tell that there are too many. */
async function namesIn(directory: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of await opendir(directory)) {
      names.push(name);
      if (names.length > LIMITS.files) break;
    }
  } catch (cause) {
    const hint = 'Name a package folder, e.g. node_modules/@scope/shape, and check that it is installed.';
    throw new MissingFileError({ path: directory }, { cause, hint });
  }
  if (names.length <= LIMITS.files) return names.sort();
  const found = `it has more than ${LIMITS.files} files`;
  throw new RefusedPackageError({ source: directory, rule: 'size', found });
}
