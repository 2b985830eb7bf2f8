import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UnreadableFileError } from '@factornet/spec/training';
import { type FoundFiles, nothingFound, skipFile } from './found-files';
import { checkLimit, type ImageFolderLimits } from './limits';
import { isPicture } from './picture-file';

/** Deeper than any layout that is understood. */
const deepest = 6;

/**
 * The pictures below a folder, in no particular order. Links are followed, but to each folder once: of one that links
 * to itself, or of many that link to one another, there would be no end.
 *
 * @throws UnreadableFileError for a folder that cannot be listed
 */
export async function folderPictures(
  root: string,
  limits: Required<ImageFolderLimits>,
  below: readonly string[] = [],
  found: FoundFiles = nothingFound(),
  walked: Set<string> = new Set(),
): Promise<FoundFiles> {
  const folder = join(root, ...below);
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw unreadable(folder, cause);
  });
  if (below.length === 0) walked.add(await realpath(root));
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const names = [...below, entry.name];
    const path = names.join('/');
    const location = join(root, ...names);
    // A link that leads nowhere is no picture.
    const kind = entry.isSymbolicLink() ? await stat(location).catch(() => undefined) : entry;
    if (kind?.isDirectory()) {
      if (entry.isSymbolicLink() && walked.size === walked.add(await realpath(location)).size) {
        skipFile(found, path);
        continue;
      }
      found.folders.add(path);
      if (names.length < deepest) await folderPictures(root, limits, names, found, walked);
    } else if (kind?.isFile() && isPicture(path)) {
      found.pictures.push({ path, read: () => readLimited(location, limits) });
    } else {
      skipFile(found, path);
    }
    checkLimit(limits, 'pictures', found.pictures.length, 'the pictures found so far');
  }
  return found;
}

/** @throws InvalidOptionError if it is too large, UnreadableFileError if it cannot be read */
export async function readLimited(
  location: string,
  limits: Required<ImageFolderLimits>,
): Promise<Uint8Array> {
  const fail = (cause: unknown) => {
    throw unreadable(location, cause);
  };
  const { size } = await stat(location).catch(fail);
  checkLimit(limits, 'bytesPerFile', size, location);
  return readFile(location).catch(fail);
}

function unreadable(path: string, cause: unknown): UnreadableFileError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const hint = 'Allow it to be read, or leave it out.';
  return new UnreadableFileError({ path, reason }, { cause, hint });
}
