import { MissingFileError, RefusedPackageError } from '@factornet/spec';

export interface ReadLocalFileOptions {
  /** Stop reading when it turns out to be longer: what comes back is then longer than this, but not whole. */
  readonly most?: number;
  /** A stranger's file: a symbolic link is refused, since it could lead out of the package. Default false. */
  readonly packed?: boolean;
}

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
  const { lstat, open, stat } = process.getBuiltinModule('node:fs/promises');
  // Not on every system: a file may become a link or a pipe between the look at it and its opening.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = process.getBuiltinModule('node:fs').constants;
  try {
    checkKind(location, await (packed ? lstat : stat)(location), packed);
    const file = await open(location, O_RDONLY | O_NONBLOCK | (packed ? O_NOFOLLOW : 0));
    try {
      const found = await file.stat();
      checkKind(location, found, packed);
      const bytes = new Uint8Array(Math.min(found.size, most + 1));
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
