import { opendir, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isCommonPackage, planAssembly } from '@factornet/assembler';
import { findPackage, readPackage } from '@factornet/assembler/node';
import {
  type CommonPackage,
  FactornetError,
  type FactorPackage,
  InvalidManifestError,
  MissingFileError,
} from '@factornet/spec';

const SIBLINGS = 256;

/** The common-knowledge package that a user named. @throws MissingFileError, InvalidManifestError, … */
export async function readCommon(directory: string): Promise<CommonPackage> {
  const found = await readPackage(directory);
  if (isCommonPackage(found)) return found;
  const issues = [`kind: expected "common", found "${found.manifest.kind}"`];
  throw new InvalidManifestError({ source: resolve(directory, 'package.json'), issues });
}

/**
 * Looks for the common-knowledge package that a factor in a folder goes with: what Node finds from there under its
 * name, as it is installed; else one that fits in a folder beside it, as `factornet pack` writes them.
 *
 * @returns `undefined` if there is none
 */
export async function findCommon(
  factor: FactorPackage,
  directory: string,
): Promise<CommonPackage | undefined> {
  const { name } = factor.manifest.common;
  // Installed packages may be links to where pnpm keeps them, with their peers beside them there.
  for (const from of new Set([await realpath(directory), resolve(directory)])) {
    const installed = await ignoringOurs(findPackage(name, from), MissingFileError.isInstance);
    if (installed !== undefined && isCommonPackage(installed)) return installed;
  }
  for (const folder of await foldersBeside(directory)) {
    const found = await ignoringOurs(readPackage(folder), FactornetError.isInstance);
    if (found === undefined || !isCommonPackage(found)) continue;
    if (planAssembly({ common: found, factors: [factor] }).conflicts.length === 0) return found;
  }
  return undefined;
}

async function foldersBeside(directory: string): Promise<string[]> {
  const parent = dirname(resolve(directory));
  const folders: string[] = [];
  for await (const entry of await opendir(parent)) {
    if (entry.isDirectory() && !entry.name.startsWith('.')) folders.push(join(parent, entry.name));
    if (folders.length === SIBLINGS) break;
  }
  return folders.sort();
}

async function ignoringOurs<T>(reading: Promise<T>, ignored: (error: unknown) => boolean) {
  try {
    return await reading;
  } catch (error) {
    if (ignored(error)) return undefined;
    throw error;
  }
}
