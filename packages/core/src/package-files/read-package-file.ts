import { InvalidManifestError, LIMITS, MissingFileError, RefusedPackageError } from '@factornet/spec';
import { parseJson } from '../model-files/parse-json';
import { readLocalFile } from './read-local-file';

/**
 * The bytes of one file of a stranger's package folder: a regular file, no link, of at most `most` bytes, of which no
 * more are read. Loads in browsers, where there is nothing to read.
 *
 * @throws MissingFileError if it is not there
 * @throws RefusedPackageError (`symbolic-link`, `unexpected-file`, `size`)
 */
export async function readPackageFile(path: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readLocalFile(path, { most, packed: true });
  if (bytes.length <= most) return bytes;
  const found = `it has more than the ${most} bytes that it may have`;
  throw new RefusedPackageError({ source: path, rule: 'size', found });
}

/**
 * What the `package.json` of a stranger's package folder holds, none of it checked but that it is an object; JSON's
 * depth and size keep within the limits.
 *
 * @param path of the `package.json` itself
 * @throws MissingFileError if it is not there
 * @throws InvalidManifestError if it is not JSON or no object
 * @throws RefusedPackageError
 */
export async function readPackageJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  let bytes: Uint8Array;
  try {
    bytes = await readPackageFile(path, LIMITS.packageJsonBytes);
  } catch (cause) {
    if (!MissingFileError.isInstance(cause)) throw cause;
    const hint = 'Name a package folder, e.g. node_modules/@scope/shape, and check that it is installed.';
    throw new MissingFileError({ path }, { cause, hint });
  }
  let value: unknown;
  try {
    value = parseJson(bytes, path);
  } catch (cause) {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    throw new InvalidManifestError({ source: path, issues: ['not JSON'] }, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as never;
  throw new InvalidManifestError({ source: path, issues: ['factornet: expected a manifest, found none'] });
}
