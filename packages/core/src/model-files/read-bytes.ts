import { MissingFileError } from '@factornet/spec';

/**
 * The bytes at a `file:`, `http(s):`, `data:` or `blob:` location, without tfjs-node.
 *
 * @param most stop reading when it turns out to be longer: what comes back is then longer than this, but not whole
 * @throws MissingFileError if there is nothing to read
 */
export async function readBytes(
  location: URL,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array<ArrayBuffer>> {
  if (location.protocol === 'file:') return readLocalFile(location, most);
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
  return readStream(response, most);
}

async function readStream(response: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
  if (most === Number.POSITIVE_INFINITY || response.body === null) {
    return new Uint8Array(await response.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  while (length <= most) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  await reader.cancel();
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

async function readLocalFile(location: URL, most: number): Promise<Uint8Array<ArrayBuffer>> {
  // A static import of node:fs would break browser bundles; this builds everywhere (Node ≥ 20.16).
  const { open } = process.getBuiltinModule('node:fs/promises');
  try {
    const file = await open(location);
    try {
      const { size } = await file.stat();
      const bytes = new Uint8Array(Math.min(size, most + 1));
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return length === bytes.length ? bytes : bytes.slice(0, length);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new MissingFileError(
      { path: decodeURIComponent(location.pathname) },
      { cause, hint: 'Check the path, or install the package again.' },
    );
  }
}
