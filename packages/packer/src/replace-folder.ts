import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { writing } from '@factornet/core/node';
import { InvalidOptionError } from '@factornet/spec';

/**
 * Fills a temporary folder beside `directory` and then renames it, so that a process that is killed midway
 * leaves no half package. A folder that is there already is replaced only if it is empty or holds a
 * factornet package.
 *
 * @throws InvalidOptionError if `directory` holds anything else
 * @throws WriteFailedError if the system refuses; what was there before is still there
 */
export async function replaceFolder(
  directory: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  const target = resolve(directory);
  await refuseForeignFolder(target);
  const workspace = await writing(target, async () => {
    await mkdir(dirname(target), { recursive: true });
    return mkdtemp(join(dirname(target), `.${basename(target)}-`));
  });
  try {
    // Not the workspace itself: mkdtemp makes that private, and a package is as readable as any folder.
    const temporary = join(workspace, 'new');
    await writing(target, () => mkdir(temporary));
    await fill(temporary);
    await writing(target, () => putInPlace(temporary, target, join(workspace, 'old')));
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/** What was there goes aside, and back if the new folder cannot take its place. */
async function putInPlace(temporary: string, target: string, old: string): Promise<void> {
  const moved = await rename(target, old).then(() => true, ignoreMissing);
  try {
    await rename(temporary, target);
  } catch (error) {
    if (moved) await rename(old, target);
    throw error;
  }
}

async function refuseForeignFolder(directory: string): Promise<void> {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') return [directory];
    return writing(directory, () => Promise.reject(error));
  });
  if (entries.length === 0 || (await isFactornetPackage(directory))) return;
  throw new InvalidOptionError(
    { option: 'directory', expected: 'a new folder, or a factornet package to replace', received: directory },
    { hint: 'It holds something else, which is left untouched. Name another folder.' },
  );
}

async function isFactornetPackage(directory: string): Promise<boolean> {
  try {
    return 'factornet' in JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  } catch {
    return false;
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
