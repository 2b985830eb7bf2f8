import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Damage } from '../damage';

/** Changes the text of a file and nothing else. */
export const inText =
  (name: string, change: (text: string) => string | Uint8Array): Damage =>
  async (folder) => {
    const path = join(folder, name);
    await writeFile(path, change(await readFile(path, 'utf8')));
  };
