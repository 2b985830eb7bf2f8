import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Temporary folders side by side, as packages lie that were packed together; none until one is needed. */
export interface Workspace {
  /** An empty folder. */
  folder(): Promise<string>;
  /** Removes all of them. */
  release(): Promise<void>;
}

export function createWorkspace(): Workspace {
  let root: Promise<string> | undefined;
  let count = 0;
  return {
    async folder() {
      root ??= mkdtemp(join(tmpdir(), 'factornet-packages-'));
      const folder = join(await root, String(count++));
      await mkdir(folder);
      return folder;
    },
    async release() {
      if (root !== undefined) await rm(await root, { recursive: true, force: true });
      root = undefined;
    },
  };
}
