import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { refuseArray } from './array-error';
import type { FoundArrays } from './found-arrays';
import { HEAD_BYTES } from './npy-header';
import { layoutOfNpy, parseNpy } from './parse-npy';

/** The one array of a `.npy` file, named as the file: `x.npy` holds `x`. */
export async function readNpy(path: string, names: readonly string[]): Promise<FoundArrays> {
  const name = basename(path).replace(/\.npy$/i, '');
  if (!names.includes(name)) return { arrays: new Map(), present: [name] };
  const refuse = refuseArray(path, name);
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const head = new Uint8Array(Math.min(size, HEAD_BYTES));
    await file.read(head, 0, head.length, 0);
    layoutOfNpy(head, size, refuse);
    return { arrays: new Map([[name, parseNpy(await readFile(path), refuse)]]), present: [name] };
  } finally {
    await file.close();
  }
}
