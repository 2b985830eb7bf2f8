import { stat } from 'node:fs/promises';
import { type PackageTarball, type ReadTarballOptions, readPackageTarball } from '@factornet/core/node';
import { InvalidManifestError, MissingFileError, RefusedPackageError } from '@factornet/spec';

export interface TarballSource extends ReadTarballOptions {
  /** What messages call it. Default: its path. */
  readonly source?: string;
}

/**
 * Reads a package tarball as `npm pack` writes it, by the one reader of archives.
 *
 * @throws MissingFileError if it does not exist
 * @throws InvalidManifestError if it is no such tarball
 * @throws RefusedPackageError (`size`, `file-name`, `symbolic-link`, `unexpected-file`)
 */
export async function readTarball(
  path: string,
  { source = path, ...options }: TarballSource = {},
): Promise<PackageTarball & { readonly tarballBytes: number }> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    const hint = 'Name a tarball that `factornet pack` or `npm pack` wrote.';
    throw new MissingFileError({ path }, { hint });
  }
  const tarball = await readPackageTarball(path, options).catch((cause: unknown) => {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    throw new InvalidManifestError({ source, issues: ['not a gzipped tarball'] }, { cause });
  });
  return { ...tarball, tarballBytes: found.size };
}
