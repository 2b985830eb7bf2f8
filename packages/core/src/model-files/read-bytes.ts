import { MissingFileError } from '@factornet/spec';

/**
 * The bytes at a `file:`, `http(s):`, `data:` or `blob:` location, without tfjs-node.
 *
 * @throws MissingFileError if there is nothing to read
 */
export async function readBytes(location: URL): Promise<Uint8Array<ArrayBuffer>> {
  if (location.protocol === 'file:') return readLocalFile(location);
  let response: Response;
  try {
    response = await fetch(location);
  } catch (cause) {
    throw new MissingFileError({ path: location.href }, { cause, hint: 'The server cannot be reached.' });
  }
  if (!response.ok) {
    throw new MissingFileError(
      { path: location.href },
      { hint: `The server answered ${response.status} ${response.statusText}.` },
    );
  }
  return new Uint8Array(await response.arrayBuffer());
}

async function readLocalFile(location: URL): Promise<Uint8Array<ArrayBuffer>> {
  // A static import of node:fs would break browser bundles; this builds everywhere (Node ≥ 20.16).
  const { readFile } = process.getBuiltinModule('node:fs/promises');
  try {
    return new Uint8Array(await readFile(location));
  } catch (cause) {
    throw new MissingFileError(
      { path: decodeURIComponent(location.pathname) },
      { cause, hint: 'Check the path, or install the package again.' },
    );
  }
}
