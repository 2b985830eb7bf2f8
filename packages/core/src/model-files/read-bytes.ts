import { MissingFileError } from '@factornet/spec';
import { throwIfCancelled } from '../long-running/throw-if-cancelled';
import { readLocalFile } from '../package-files/read-local-file';

/** How reading is followed and ended. */
export interface Reading {
  /** Ends reading. */
  readonly signal?: AbortSignal | undefined;
  /** Told how many more bytes have come. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * The bytes at a `file:`, `http(s):`, `data:` or `blob:` location, without tfjs-node.
 *
 * @param most stop reading when it turns out to be longer: what comes back is then longer than this, but not whole
 * @param packed a stranger's: a local file has to be one of its own, no link
 * @throws MissingFileError if there is nothing to read, or not all of it comes
 * @throws RefusedPackageError if a packed file is no file of its own
 * @throws CancelledError when `signal` aborts
 */
export async function readBytes(
  location: URL,
  most = Number.POSITIVE_INFINITY,
  packed = false,
  reading: Reading = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (location.protocol !== 'file:') return (await fetchBytes(location, most, reading)).bytes;
  throwIfCancelled('Reading', reading.signal);
  const bytes = await readLocalFile(location, { most, packed });
  reading.onBytes?.(bytes.length);
  return bytes;
}

/**
 * As {@link readBytes}, for what is not a local file; also tells where it came from after redirects.
 *
 * @throws MissingFileError, CancelledError
 */
export async function fetchBytes(
  location: URL,
  most = Number.POSITIVE_INFINITY,
  { signal, onBytes }: Reading = {},
): Promise<{ bytes: Uint8Array<ArrayBuffer>; location: URL }> {
  const failed = (hint: string, cause?: unknown) => {
    throwIfCancelled('Reading', signal);
    return new MissingFileError({ path: location.href }, { cause, hint });
  };
  const response = await fetch(location, { signal: signal ?? null }).catch((cause: unknown) => {
    throw failed('The server cannot be reached.', cause);
  });
  if (!response.ok) throw failed(`The server answered ${response.status} ${response.statusText}.`);
  const bytes = await readStream(response, most, onBytes).catch((cause: unknown) => {
    throw failed('The connection broke before all of it had come.', cause);
  });
  return { bytes, location: new URL(response.url || location) };
}

async function readStream(
  response: Response,
  most: number,
  onBytes: Reading['onBytes'],
): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  while (length <= most) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
    onBytes?.(value.length);
  }
  await reader.cancel();
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}
