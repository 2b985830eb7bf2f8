import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run';

const root = new URL('../../../', import.meta.url);

/** Packs packages of this workspace as npm would publish them, and returns the tarballs' paths. */
export async function packWorkspacePackages(
  names: readonly string[],
  destination: string,
): Promise<string[]> {
  const { packageManager } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
    packageManager: string;
  };
  const filters = names.flatMap((name) => ['--filter', `@factornet/${name}`]);
  // pnpm, because it turns `workspace:^` into versions; by npx, because nobody has to have it installed.
  const pack = ['--yes', packageManager, ...filters, 'pack', '--pack-destination', destination];
  await run(fileURLToPath(root), 'npx', pack);
  const files = await readdir(destination);
  return names.map((name) => {
    const file = files.find((candidate) => new RegExp(`^factornet-${name}-\\d.*\\.tgz$`).test(candidate));
    if (file === undefined) throw new Error(`pnpm pack left no tarball of @factornet/${name}`);
    return join(destination, file);
  });
}
