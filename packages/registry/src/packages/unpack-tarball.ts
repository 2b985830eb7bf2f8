import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readTarball } from './read-tarball';

/**
 * Unpacks a package tarball into a folder; nothing of it is run.
 *
 * @throws MissingFileError, InvalidManifestError, RefusedPackageError
 */
export async function unpackTarball(path: string, folder: string, source = path): Promise<void> {
  const { files } = await readTarball(path, { source });
  for (const [name, content] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}
