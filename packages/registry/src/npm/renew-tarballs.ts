import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packTarball, tarballName } from './pack-tarball';

/** Where the tarballs of packages lie that were written into a folder. */
export function tarballFolder(out: string): string {
  return join(out, 'tarballs');
}

/**
 * Writes the tarballs anew that an earlier run left beside packages which are now others, of other precision for
 * example: under one name and version there would be two. Tarballs that are not there are not made.
 *
 * @returns what was written anew, by path
 */
export async function renewTarballs(
  packed: readonly { readonly name: string; readonly version: string; readonly directory: string }[],
  out: string,
): Promise<string[]> {
  const renewed: string[] = [];
  for (const { name, version, directory } of packed) {
    const file = join(tarballFolder(out), tarballName({ name, version }));
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile()) renewed.push((await packTarball(directory, tarballFolder(out))).path);
  }
  return renewed;
}
