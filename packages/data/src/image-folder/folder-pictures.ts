import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkLimit, type ImageFolderLimits } from './limits';
import { isPicture, type PictureFile } from './picture-file';

/** Deeper than any layout that is understood, and an end to links that point at their own parents. */
const deepest = 6;

/** The pictures below a folder, links followed, in no particular order. */
export async function folderPictures(
  root: string,
  limits: Required<ImageFolderLimits>,
  below: readonly string[] = [],
): Promise<PictureFile[]> {
  const found: PictureFile[] = [];
  for (const entry of await readdir(join(root, ...below), { withFileTypes: true })) {
    const names = [...below, entry.name];
    const location = join(root, ...names);
    const kind = entry.isSymbolicLink() ? await stat(location) : entry;
    if (kind.isDirectory() && names.length < deepest) {
      found.push(...(await folderPictures(root, limits, names)));
    } else if (kind.isFile() && isPicture(names.join('/'))) {
      found.push({ path: names.join('/'), read: () => readLimited(location, limits) });
    }
    checkLimit(limits, 'pictures', found.length, 'the pictures found so far');
  }
  return found;
}

async function readLimited(location: string, limits: Required<ImageFolderLimits>): Promise<Uint8Array> {
  checkLimit(limits, 'bytesPerFile', (await stat(location)).size, location);
  return readFile(location);
}
