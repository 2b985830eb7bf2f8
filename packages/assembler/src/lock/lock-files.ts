import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseJson, readBytes } from '@factornet/core/internal';
import { writeJson } from '@factornet/core/node';
import { InvalidManifestError, LIMITS, MissingFileError, RefusedPackageError } from '@factornet/spec';
import { type Lockfile, parseLockfile } from '@factornet/spec/lock';

/**
 * Reads a lockfile, `factornet.lock.json` by custom.
 *
 * @throws MissingFileError if it is not there
 * @throws InvalidManifestError if it is broken, NewerSpecError if it is of a later format
 * @example
 * const network = await assemble(ckn, [shape], { lock: pinnedBy(await readLock('factornet.lock.json')) });
 */
export async function readLock(path: string): Promise<Lockfile> {
  const bytes = await readBytes(pathToFileURL(resolve(path)), LIMITS.lockfileBytes).catch(
    (cause: unknown) => {
      if (!MissingFileError.isInstance(cause)) throw cause;
      throw new MissingFileError({ path }, { cause, hint: 'Write it: factornet lock <package…>' });
    },
  );
  const refuse = (issue: string, cause?: unknown) =>
    new InvalidManifestError(
      { source: path, issues: [issue] },
      { cause, hint: 'Write it again: factornet lock <package…>' },
    );
  if (bytes.length > LIMITS.lockfileBytes) throw refuse(`it has more than ${LIMITS.lockfileBytes} bytes`);
  let value: unknown;
  try {
    value = parseJson(bytes, path);
  } catch (cause) {
    throw refuse(RefusedPackageError.isInstance(cause) ? cause.found : 'not JSON', cause);
  }
  return parseLockfile(value, path);
}

/** Writes a lockfile whole or not at all. */
export async function writeLock(path: string, lock: Lockfile): Promise<void> {
  await writeJson(path, parseLockfile(lock, path));
}
