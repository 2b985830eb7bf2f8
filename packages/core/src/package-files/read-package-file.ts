import { InvalidManifestError, LIMITS, MissingFileError, RefusedPackageError } from '@factornet/spec';
import { parseJson } from '../model-files/parse-json';
import { fetchBytes, type Reading } from '../model-files/read-bytes';
import { pathOf, readLocalFile } from './read-local-file';

/**
 * The bytes of one file of a stranger's package folder: a regular file, no link, of at most `most` bytes, of which no
 * more are read. Loads in browsers, where there is nothing to read.
 *
 * @throws MissingFileError if it is not there
 * @throws RefusedPackageError (`symbolic-link`, `unexpected-file`, `size`)
 */
export async function readPackageFile(path: URL | string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  return bounded(await readLocalFile(path, { most, packed: true }), most, pathOf(path));
}

function bounded(bytes: Uint8Array<ArrayBuffer>, most: number, source: string): Uint8Array<ArrayBuffer> {
  if (bytes.length <= most) return bytes;
  const found = `it has more than the ${most} bytes that it may have`;
  throw new RefusedPackageError({ source, rule: 'size', found });
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
export async function readPackageJson(path: URL | string): Promise<Readonly<Record<string, unknown>>> {
  const hint = 'Name a package folder, e.g. node_modules/@scope/shape, and check that it is installed.';
  const bytes = await readPackageFile(path, LIMITS.packageJsonBytes).catch((cause: unknown) => {
    if (!MissingFileError.isInstance(cause)) throw cause;
    throw new MissingFileError({ path: pathOf(path) }, { cause, hint });
  });
  return parseObject(bytes, pathOf(path));
}

/**
 * As {@link readPackageJson}, from a server; also tells where it lay after redirects, since other files of the package
 * lie beside it.
 *
 * @throws MissingFileError, InvalidManifestError, RefusedPackageError, CancelledError
 */
export async function fetchPackageJson(
  location: URL,
  reading?: Reading,
): Promise<{ description: Readonly<Record<string, unknown>>; location: URL }> {
  const most = LIMITS.packageJsonBytes;
  const fetched = await fetchBytes(location, most, reading).catch((cause: unknown) => {
    if (!MissingFileError.isInstance(cause)) throw cause;
    const hint = `${cause.hint} Check the address: package.json of a package has to lie there.`;
    throw new MissingFileError({ path: location.href }, { cause, hint });
  });
  const bytes = bounded(fetched.bytes, most, location.href);
  return { description: parseObject(bytes, location.href), location: fetched.location };
}

function parseObject(bytes: Uint8Array, source: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseJson(bytes, source);
  } catch (cause) {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    throw new InvalidManifestError({ source, issues: ['not JSON'] }, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as never;
  throw new InvalidManifestError({ source, issues: ['factornet: expected a manifest, found none'] });
}
