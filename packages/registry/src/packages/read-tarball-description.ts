import { parseJson } from '@factornet/core/internal';
import { InvalidManifestError, LIMITS, RefusedPackageError } from '@factornet/spec';
import { readTarball } from './read-tarball';

/**
 * Reads `package.json` out of a package tarball as `npm pack` writes it, and adds up its files. The tarball is
 * streamed: no other file is kept.
 *
 * @throws MissingFileError if it does not exist
 * @throws InvalidManifestError if it is no such tarball
 * @throws RefusedPackageError (`size`, `json`, `json-depth`, `file-name`, `symbolic-link`, `unexpected-file`)
 */
export async function readTarballDescription(
  path: string,
): Promise<{ description: unknown; tarballBytes: number; unpackedBytes: number }> {
  const wants = (name: string, size: number) => {
    if (name !== 'package.json') return false;
    if (size <= LIMITS.packageJsonBytes) return true;
    const told = `its package.json has more than ${LIMITS.packageJsonBytes} bytes`;
    throw new RefusedPackageError({ source: path, rule: 'size', found: told });
  };
  const { files, ...sizes } = await readTarball(path, { wants });
  const json = files.get('package.json');
  if (json === undefined)
    throw new InvalidManifestError({ source: path, issues: ['it has no package.json'] });
  try {
    return { description: parseJson(json, path), ...sizes };
  } catch (cause) {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    throw new InvalidManifestError({ source: path, issues: ['package.json is not JSON'] }, { cause });
  }
}
