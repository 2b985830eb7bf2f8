import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PackageLocation, readPackageAt } from '@factornet/assembler/node';
import { type Reading, readBytes } from '@factornet/core/internal';
import { FactornetError, LIMITS, MissingFileError } from '@factornet/spec';
import { describedFiles } from '@factornet/spec/internal';

/** What packages have besides `package.json` and the files of their manifest. */
const generated = ['index.js', 'index.d.ts', 'README.md', 'LICENSE'];

/**
 * Brings a package here that lies as a folder on a server: `package.json`, what its manifest describes, and what is
 * generated from it; of each no more than it may have. A server lists no folder: whatever else lies there stays there. Of
 * a package whose manifest is refused `package.json` alone comes, which tells why.
 *
 * @throws MissingFileError if it is not there, or not all of it; CancelledError
 */
export async function downloadFolder(
  location: PackageLocation,
  folder: string,
  reading: Reading,
): Promise<void> {
  const download = async (url: URL, name: string, most: number) =>
    writeFile(join(folder, name), await readBytes(url, most, true, reading));
  const found = await readPackageAt(location, reading).catch((error: unknown) => {
    const isOther = !FactornetError.isInstance(error) || /^(?:missing-file|cancelled)$/.test(error.code);
    if (isOther) throw error;
  });
  // Where a range was asked for, files lie beside that very version.
  const base = (found && Object.values(found.files)[0]) ?? location.location;
  await download(new URL('package.json', base), 'package.json', LIMITS.packageJsonBytes);
  if (found === undefined) return;
  for (const { path, bytes } of describedFiles(found.manifest)) {
    await download(found.files[path] as URL, path, bytes);
  }
  for (const name of generated) {
    await download(new URL(name, base), name, LIMITS.topologyBytes).catch((error: unknown) => {
      if (!MissingFileError.isInstance(error)) throw error;
    });
  }
}
