import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The packages that the quickstart left in its output folder, if it has run. */
export async function trainedTarballs(): Promise<string[] | undefined> {
  const folder = fileURLToPath(new URL('../../quickstart/out/packages/', import.meta.url));
  const files = await readdir(folder).catch(() => []);
  const tarballs = files.filter((file) => file.endsWith('.tgz'));
  return tarballs.length === 5 ? tarballs.map((file) => join(folder, file)) : undefined;
}
