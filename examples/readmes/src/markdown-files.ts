import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Paths, from the root, of all Markdown that readers meet. */
export async function markdownFiles(): Promise<string[]> {
  const rooms = await Promise.all(
    ['packages', 'examples', 'docs'].map(async (folder) => {
      const entries = await readdir(join(root, folder), { withFileTypes: true });
      return [
        folder,
        ...entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name)),
      ];
    }),
  );
  const found = await Promise.all(
    ['.', ...rooms.flat()].map(async (folder) => {
      const names = await readdir(join(root, folder));
      return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
    }),
  );
  // Changesets and changelogs quote names that are gone.
  return found.flat().filter((path) => !path.endsWith('CHANGELOG.md'));
}
