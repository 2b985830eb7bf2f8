import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InvalidOptionError } from '@factornet/spec';
import { detect } from 'package-manager-detector';

export const managerNames = ['npm', 'pnpm', 'yarn'] as const;
export type ManagerName = (typeof managerNames)[number];

/** A package manager. Yarn from version 2 on takes other flags than version 1. */
export type Manager = 'npm' | 'pnpm' | 'yarn' | 'yarn@berry';

/**
 * Finds the package manager of a project by its lockfile, `packageManager` or `devEngines`, in its folder or above;
 * npm where nothing says otherwise.
 *
 * @param asked in place of the one that is found
 * @throws InvalidOptionError for a package manager other than npm, pnpm and yarn
 * @example
 * const manager = await detectManager(process.cwd());
 */
export async function detectManager(directory: string, asked?: string): Promise<Manager> {
  const found = await detect({ cwd: resolve(directory) });
  const name = asked ?? found?.name ?? 'npm';
  if (!isManagerName(name)) {
    throw new InvalidOptionError(
      { option: 'manager', expected: managerNames.join(', '), received: name },
      { hint: 'Name the one to use (--manager npm), or install what the plan lists with your own.' },
    );
  }
  if (name !== 'yarn') return name;
  return found?.agent === 'yarn@berry' || (await hasBerryFiles(directory)) ? 'yarn@berry' : 'yarn';
}

function isManagerName(name: string): name is ManagerName {
  return (managerNames as readonly string[]).includes(name);
}

/** Its settings, or a lockfile in its format: `packageManager` need not tell the version. */
async function hasBerryFiles(directory: string): Promise<boolean> {
  for (let at = resolve(directory); ; at = dirname(at)) {
    const [settings, lockfile] = await Promise.all(
      ['.yarnrc.yml', 'yarn.lock'].map((name) => readFile(join(at, name), 'utf8').catch(() => undefined)),
    );
    if (settings !== undefined) return true;
    if (lockfile !== undefined) return /^__metadata:/m.test(lockfile);
    if (at === dirname(at)) return false;
  }
}
