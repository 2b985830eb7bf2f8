import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { refuseArray } from './array-error';
import type { FoundArrays } from './found-arrays';
import { parseNpy } from './parse-npy';

/** The one array of a `.npy` file, named as the file: `x.npy` holds `x`. */
export async function readNpy(path: string, names: readonly string[]): Promise<FoundArrays> {
  const name = basename(path).replace(/\.npy$/i, '');
  if (!names.includes(name)) return { arrays: new Map(), present: [name] };
  return {
    arrays: new Map([[name, parseNpy(await readFile(path), refuseArray(path, name))]]),
    present: [name],
  };
}
