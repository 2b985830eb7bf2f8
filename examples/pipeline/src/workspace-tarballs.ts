import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run';

/** Packs packages of this workspace as npm would publish them, and returns the tarballs' paths. */
export async function packWorkspacePackages(
  names: readonly string[],
  destination: string,
): Promise<string[]> {
  const { packageManager } = JSON.parse(
    await readFile(new URL('../../../package.json', import.meta.url), 'utf8'),
  ) as { packageManager: string };
  for (const name of names) {
    const directory = fileURLToPath(new URL(`../../../packages/${name}/`, import.meta.url));
    // pnpm, because it turns `workspace:^` into versions; by npx, because nobody has to have it installed.
    await run(directory, 'npx', ['--yes', packageManager, 'pack', '--pack-destination', destination]);
  }
  const files = await readdir(destination);
  return names.map((name) => {
    const file = files.find((candidate) => new RegExp(`^factornet-${name}-\\d.*\\.tgz$`).test(candidate));
    if (file === undefined) throw new Error(`pnpm pack left no tarball of @factornet/${name}`);
    return join(destination, file);
  });
}
