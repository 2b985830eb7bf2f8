import { lstat, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readPackageFile, readPackageJson } from '@factornet/core/node';
import { findProject } from '@factornet/registry';
import {
  FactornetError,
  InvalidManifestError,
  isPackageName,
  LIMITS,
  MissingFileError,
  shellWord,
} from '@factornet/spec';

/**
 * The folder of a package that is given as a folder or by the name under which it is installed.
 *
 * @throws MissingFileError if there is none
 */
export async function locateFolder(specifier: string, from = process.cwd()): Promise<string> {
  const folder = resolve(from, specifier);
  if ((await stat(folder).catch(() => undefined))?.isDirectory()) return folder;
  const isName = isPackageName(specifier);
  const installed = isName ? await installedFolder(specifier, from) : undefined;
  if (installed !== undefined) return installed;
  throw new MissingFileError(
    { path: isName ? `The package ${specifier}, looked for from ${from},` : folder },
    {
      hint: isName
        ? `Install it: npm install ${shellWord(specifier)}`
        : 'Name a package folder, e.g. packages/shapes-hue.',
    },
  );
}

/**
 * Folders of the packages of knowledge that a project depends on, and of the common-knowledge networks that came along
 * as their peers. What cannot be read is among them, if it might be one: it is for the verification to say why.
 *
 * @throws MissingFileError if the folder is in no project, InvalidManifestError if `package.json` is not JSON
 */
export async function listProjectPackages(from = process.cwd()): Promise<string[]> {
  const project = await findProject(from);
  const names = new Set(await dependenciesOf(project));
  const folders: string[] = [];
  // Peers are added while it is gone through.
  for (const name of names) {
    const folder = await installedFolder(name, project);
    const knowledge = folder === undefined ? undefined : await lookInto(folder);
    if (folder === undefined || knowledge === undefined) continue;
    folders.push(folder);
    if (knowledge.common !== undefined) names.add(knowledge.common);
  }
  return folders;
}

async function dependenciesOf(project: string): Promise<string[]> {
  const source = join(project, 'package.json');
  try {
    const description = Object(JSON.parse(await readFile(source, 'utf8')));
    const fields = ['dependencies', 'devDependencies', 'optionalDependencies'];
    return fields.flatMap((field) => Object.keys(Object(description[field]))).sort();
  } catch (cause) {
    throw new InvalidManifestError({ source, issues: ['not JSON'] }, { cause });
  }
}

/** The nearest one, as Node finds it; no package is asked for its consent. */
async function installedFolder(name: string, from: string): Promise<string | undefined> {
  if (!isPackageName(name)) return undefined;
  for (let at = resolve(from); ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    const found = await lstat(join(folder, 'package.json')).catch(() => undefined);
    if (found !== undefined) return folder;
    if (at === dirname(at)) return undefined;
  }
}

/** `undefined` for an ordinary package; else the name of the common-knowledge package that it wants, if it says so. */
async function lookInto(folder: string): Promise<{ common: string | undefined } | undefined> {
  const path = join(folder, 'package.json');
  try {
    const { factornet } = await readPackageJson(path);
    if (factornet === undefined) return undefined;
    const { name } = Object(Object(factornet).common);
    return { common: typeof name === 'string' ? name : undefined };
  } catch (error) {
    if (!FactornetError.isInstance(error)) throw error;
    const text = await readPackageFile(path, LIMITS.packageJsonBytes).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => undefined,
    );
    return text === undefined || /"factornet"\s*:/.test(text) ? { common: undefined } : undefined;
  }
}
