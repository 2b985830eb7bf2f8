import { MissingFileError } from '@factornet/spec';
import { throwIfCancelled } from '../long-running/throw-if-cancelled';
import { readLocalFile } from '../package-files/read-local-file';

/** How reading is followed and ended. */
export interface Reading {
  /** Ends reading. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that a server may send nothing before it is given up. Default 30,000. */
  readonly timeout?: number | undefined;
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
  { signal, timeout = 30_000, onBytes }: Reading = {},
): Promise<{ bytes: Uint8Array<ArrayBuffer>; location: URL }> {
  throwIfCancelled('Reading', signal);
  const ended = new AbortController();
  const end = () => ended.abort();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = (bytes: number) => {
    clearTimeout(timer);
    timer = setTimeout(end, timeout);
    onBytes?.(bytes);
  };
  signal?.addEventListener('abort', end, ended);
  let hint = 'The server cannot be reached.';
  try {
    heard(0);
    const { status, statusText, ok, body, url } = await fetch(location, ended);
    hint = `The server answered ${status} ${statusText}.`;
    if (!ok || !body) throw undefined;
    hint = 'The connection broke before all of it had come.';
    return { bytes: await readStream(body, most, heard), location: new URL(url || location) };
  } catch (cause) {
    throwIfCancelled('Reading', signal);
    if (ended.signal.aborted) hint = `It sent nothing for ${timeout} ms.`;
    throw new MissingFileError({ path: location.href }, { cause, hint });
  } finally {
    clearTimeout(timer);
    // This also takes the listener away, and ends what was read as far as it may be.
    end();
  }
}

async function readStream(
  body: ReadableStream<Uint8Array>,
  most: number,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  while (length <= most) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
    onBytes(value.length);
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}
