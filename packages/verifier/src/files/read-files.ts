import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPackedFile } from '@factornet/core/internal';
import { type CommonManifest, type FactorManifest, RefusedPackageError } from '@factornet/spec';
import { describedFiles } from '@factornet/spec/internal';
import { type FolderListing, fixedFiles } from '../folder/list-folder';

/** File name → its bytes. */
export type PackageFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/**
 * Reads every file that a manifest names, each held against its length and digest, and refuses others.
 *
 * @param listing of the folder; together its files keep within the limit
 * @throws MissingFileError, IntegrityError, RefusedPackageError (`file-name`, `unexpected-file`)
 */
export async function readFiles(
  directory: string,
  manifest: CommonManifest | FactorManifest,
  listing: FolderListing,
): Promise<PackageFiles> {
  const described = describedFiles(manifest);
  const names = [...fixedFiles, ...described.map(({ path }) => path)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    const found = `its manifest names ${twice} for two things`;
    throw new RefusedPackageError({ source: directory, rule: 'file-name', found });
  }
  const other = [...listing.keys()].find((name) => !names.includes(name));
  if (other !== undefined) {
    const source = join(directory, other);
    const found = 'the manifest does not name it';
    throw new RefusedPackageError({ source, rule: 'unexpected-file', found });
  }
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const file of described) {
    files.set(file.path, await readPackedFile(file, (name) => pathToFileURL(join(directory, name))));
  }
  return files;
}
