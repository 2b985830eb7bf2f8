import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { InvalidOptionError, MissingFileError } from '@factornet/spec';
import { packageForms, type Specifier } from './parse-specifier';

type LocalSpecifier = Extract<Specifier, { form: 'folder' | 'tarball' }>;

/** What lies at a path. */
export interface LocalPath {
  readonly form: 'folder' | 'tarball';
  /** Absolute. */
  readonly path: string;
}

/**
 * Looks what lies where a user says: the disk tells a folder that is called like a tarball.
 *
 * @throws MissingFileError if there is nothing; InvalidOptionError if the text may not have been meant as a path
 */
export async function findLocalPath(
  { form, path, couldBe, text }: LocalSpecifier,
  cwd: string,
  option = 'package',
): Promise<LocalPath> {
  const absolute = resolve(cwd, path.replace(/^~(?=[/\\])/, homedir()));
  if (await isFolder(absolute)) return { form: 'folder', path: absolute };
  if (form === 'tarball') return { form, path: absolute };
  if (couldBe !== undefined && !/[/\\]/.test(text)) {
    throw new InvalidOptionError(
      { option, expected: `a package: ${packageForms}`, received: text },
      { hint: couldBe },
    );
  }
  const hint = 'Name a package folder, e.g. packages/shapes-hue.';
  throw new MissingFileError(
    { path: absolute },
    { hint: couldBe === undefined ? hint : `${couldBe} ${hint}` },
  );
}

export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
