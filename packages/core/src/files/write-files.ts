import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WriteFailedError } from '@factornet/spec/training';
import { writing } from './write-failure';

/** A file that is written whole under a name of its own, beside the one that it will replace. */
interface Staged {
  readonly path: string;
  readonly target: string;
  readonly temporary: string;
}

/** Writes one file: whole, or not at all, and then what was there before stays. @throws WriteFailedError */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  await writeFiles(dirname(path), new Map([[basename(path), bytes]]));
}

/**
 * Writes files of one folder that belong together: each is written whole beside its place before any of them replaces what is there, so
 * that a full disk leaves the old ones. Of several, the last goes first and comes last: where it is, the others are its own.
 *
 * @param directory made if it is not there
 * @param files bytes by name
 * @throws WriteFailedError
 */
export async function writeFiles(directory: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const staged: Staged[] = [];
  try {
    for (const [name, bytes] of files) {
      const path = join(directory, name);
      const target = await writing(path, () => prepare(path));
      const file = { path, target, temporary: join(dirname(target), `.${randomUUID()}.tmp`) };
      staged.push(file);
      await writing(path, () => writeWhole(file, bytes));
    }
    const last = staged.at(-1);
    if (last !== undefined && staged.length > 1) {
      await writing(last.path, () => rm(last.target, { force: true }));
    }
    for (const { path, target, temporary } of staged) await writing(path, () => rename(temporary, target));
  } finally {
    for (const { temporary } of staged) await rm(temporary, { force: true }).catch(() => {});
  }
}

/** Where the file lies: what a link leads to, in a folder that is there. */
async function prepare(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const target = await realpath(path).catch(() => path);
  if ((await stat(target).catch(() => undefined))?.isDirectory()) {
    throw Object.assign(new Error(`${target} is a folder`), { code: 'EISDIR', syscall: 'open' });
  }
  return target;
}

async function writeWhole({ path, target, temporary }: Staged, bytes: Uint8Array): Promise<void> {
  const mode = (await stat(target).catch(() => undefined))?.mode;
  const file = await open(temporary, 'wx');
  try {
    if (mode !== undefined) await file.chmod(mode & 0o7777);
    for (let offset = 0; offset < bytes.length; ) {
      const written = await writeSome(file.fd, bytes, offset);
      if (written === 0) break;
      offset += written;
    }
    await file.sync();
    const { size } = await file.stat();
    if (size !== bytes.length) {
      const reason = `only ${size} of ${bytes.length} bytes were taken`;
      throw new WriteFailedError(
        { path, reason },
        { hint: 'Free some space there, or write to another disk.' },
      );
    }
  } finally {
    await file.close();
  }
}

/** Bytes that the system took, which may be fewer than it was given: a disk may fill up in the middle of them. */
function writeSome(descriptor: number, bytes: Uint8Array, offset: number): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.write(descriptor, bytes, offset, bytes.length - offset, offset, (error, written) => {
      if (error === null) resolve(written);
      else reject(error);
    });
  });
}
