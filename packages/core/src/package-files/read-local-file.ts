import { MissingFileError, RefusedPackageError } from '@factornet/spec';

export interface ReadLocalFileOptions {
  /** Stop reading when it turns out to be longer: what comes back is then longer than this, but not whole. */
  readonly most?: number;
  /** A stranger's file: a symbolic link is refused, since it could lead out of the package. Default false. */
  readonly packed?: boolean;
}

/** Node reads no more than 2 GiB at once. */
const LARGEST_READ = 2 ** 30;

/**
 * The bytes of a regular file, by path or `file:` URL. Never waits: pipes, devices and folders are no files.
 *
 * @throws MissingFileError if there is no such file
 * @throws RefusedPackageError (`symbolic-link`, `unexpected-file`) if a packed one is no file of its own
 */
export async function readLocalFile(
  location: URL | string,
  { most = Number.POSITIVE_INFINITY, packed = false }: ReadLocalFileOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  // A static import of node:fs would break browser bundles; this builds everywhere (Node ≥ 20.16).
  // In this thread: an assembly reads dozens of small files, and five ways to another thread for each are a third of
  // what it takes.
  const files = process.getBuiltinModule('node:fs');
  // Not on every system: a file may become a link or a pipe between the look at it and its opening.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = files.constants;
  try {
    checkKind(location, (packed ? files.lstatSync : files.statSync)(location), packed);
    const file = files.openSync(location, O_RDONLY | O_NONBLOCK | (packed ? O_NOFOLLOW : 0));
    try {
      const found = files.fstatSync(file);
      checkKind(location, found, packed);
      const bytes = new Uint8Array(Math.min(found.size, most + 1));
      let [length, read] = [0, 1];
      while (length < bytes.length && read > 0) {
        read = files.readSync(file, bytes, length, Math.min(bytes.length - length, LARGEST_READ), null);
        length += read;
      }
      return length === bytes.length ? bytes : bytes.slice(0, length);
    } finally {
      files.closeSync(file);
    }
  } catch (cause) {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    const hint = 'Check the path, or install the package again.';
    throw new MissingFileError({ path: pathOf(location) }, { cause, hint });
  }
}

interface FileKind {
  isFile(): boolean;
  isSymbolicLink(): boolean;
}

function checkKind(location: URL | string, kind: FileKind, packed: boolean): void {
  if (kind.isFile()) return;
  if (!packed) throw new Error('It is a folder, pipe or device.');
  const source = pathOf(location);
  if (kind.isSymbolicLink()) {
    throw new RefusedPackageError({ source, rule: 'symbolic-link', found: 'it is a symbolic link' });
  }
  throw new RefusedPackageError({ source, rule: 'unexpected-file', found: 'it is no regular file' });
}

/** A `file:` URL as people write it; any other location as it is. */
export function pathOf(location: URL | string): string {
  if (typeof location === 'string' || location.protocol !== 'file:') return String(location);
  try {
    return decodeURIComponent(location.pathname);
  } catch {
    return location.href;
  }
}
