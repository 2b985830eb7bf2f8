import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingFileError } from '@factornet/spec';
import { folderPictures } from './folder-pictures';
import { defaultLimits } from './limits';

/**
 * Files of pictures: of a folder all JPEG and PNG files in it and below, sorted by path; any other path as it is.
 *
 * @throws MissingFileError for a folder without a picture
 * @throws UnreadableFileError for a folder that cannot be listed
 * @example
 * const pictures = await readPictures(await findPictures(['holiday', 'cat.jpg']), { shape: [32, 32, 3], resize: true });
 */
export async function findPictures(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const isFolder = (await stat(path).catch(() => undefined))?.isDirectory();
    found.push(...(isFolder ? await picturesBelow(path) : [path]));
  }
  return found;
}

async function picturesBelow(folder: string): Promise<string[]> {
  const { pictures } = await folderPictures(folder, defaultLimits);
  if (pictures.length === 0) {
    throw new MissingFileError({ path: folder }, { hint: 'The folder has no JPEG or PNG file.' });
  }
  return pictures
    .map(({ path }) => path)
    .sort()
    .map((path) => join(folder, path));
}
