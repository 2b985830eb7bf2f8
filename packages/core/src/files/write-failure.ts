import { WriteFailedError } from '@factornet/spec/training';

/** What the operating system's error codes mean to whoever chose the path, and what to do next. */
const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space there, or write to another disk.'],
  EDQUOT: ['the disk quota is used up', 'Free some space there, or write to another disk.'],
  EROFS: ['the file system is read-only', 'Name a folder that can be written to.'],
  EACCES: ['permission is denied', 'Name a folder that you may write to.'],
  EPERM: ['permission is denied', 'Name a folder that you may write to.'],
  EISDIR: ['a folder has that name', 'Name a file.'],
  ENOTDIR: ['a part of its path is a file', 'Name a path whose parts are folders.'],
  EEXIST: ['a file has the name of a folder', 'Name a path whose parts are folders.'],
  ELOOP: ['its path is a circle of links', 'Name another path.'],
  ENAMETOOLONG: ['its name is too long', 'Name a shorter path.'],
  EMFILE: ['too many files are open', 'Close some, or raise the limit (`ulimit -n`).'],
  EIO: ['the disk does not answer as it should', 'Write to another disk.'],
};

/**
 * Does `work`, which writes to `path`; what the operating system refuses becomes an error that says why in words.
 *
 * @throws WriteFailedError, and whatever else `work` throws
 */
export async function writing<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const { code, syscall } = (cause ?? {}) as NodeJS.ErrnoException;
    // What the system refused, not an error of ours or of a program's.
    if (typeof code !== 'string' || typeof syscall !== 'string') throw cause;
    const [reason, hint] = REASONS[code] ?? [`the system refuses (${code})`, 'Write to another place.'];
    throw new WriteFailedError({ path, reason }, { cause, hint });
  }
}
