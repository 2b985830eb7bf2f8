import { join } from 'node:path';
import { readPackageFile, readPackageJson } from '@factornet/core/node';
import { FactornetError, LIMITS } from '@factornet/spec';
import { findInstalledFolder } from './installed-folder';
import { findProject, readProject } from './read-project';

/**
 * Folders of the packages of knowledge that a project depends on, and of the common-knowledge networks that came along
 * as their peers. What cannot be read is among them, if it might be one: it is for the verification to say why.
 *
 * @throws MissingFileError if the folder is in no project, InvalidManifestError if `package.json` is not JSON
 * @example
 * for (const folder of await listPackageFolders()) console.log(await verifyPackage(folder));
 */
export async function listPackageFolders(from = process.cwd()): Promise<string[]> {
  const project = await findProject(from);
  const names = new Set((await readProject(project)).dependencies);
  const folders: string[] = [];
  // Peers are added while it is gone through.
  for (const name of names) {
    const folder = await findInstalledFolder(name, project);
    const knowledge = folder === undefined ? undefined : await lookInto(folder);
    if (folder === undefined || knowledge === undefined) continue;
    folders.push(folder);
    if (knowledge.common !== undefined) names.add(knowledge.common);
  }
  return folders;
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
