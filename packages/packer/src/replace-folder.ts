import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InvalidOptionError } from '@factornet/spec';

/**
 * Fills a temporary folder beside `directory` and then renames it, so that a process that is killed midway
 * leaves no half package. A folder that is there already is replaced only if it is empty or holds a
 * factornet package.
 *
 * @throws InvalidOptionError if `directory` holds anything else
 */
export async function replaceFolder(
  directory: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  const target = resolve(directory);
  await refuseForeignFolder(target);
  await mkdir(dirname(target), { recursive: true });
  const workspace = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    // Not the workspace itself: mkdtemp makes that private, and a package is as readable as any folder.
    const temporary = join(workspace, 'new');
    await mkdir(temporary);
    await fill(temporary);
    await rename(target, join(workspace, 'old')).catch(ignoreMissing);
    await rename(temporary, target);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function refuseForeignFolder(directory: string): Promise<void> {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') return [directory];
    throw error;
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
