import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InvalidManifestError, MissingFileError } from '@factornet/spec';

const fields = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

/**
 * The folder of the project that a folder belongs to: the nearest one with a `package.json`, as npm has it.
 *
 * @throws MissingFileError if there is none
 */
export async function findProject(from = process.cwd()): Promise<string> {
  const start = resolve(from);
  for (let at = start; ; at = dirname(at)) {
    if ((await readDescription(at)) !== undefined) return at;
    if (at === dirname(at)) {
      throw new MissingFileError(
        { path: join(start, 'package.json') },
        { hint: 'Begin a project first: npm init -y' },
      );
    }
  }
}

/** @throws MissingFileError, InvalidManifestError */
export async function readProject(directory: string): Promise<{ dependencies: string[] }> {
  const path = join(directory, 'package.json');
  const text = await readDescription(directory);
  if (text === undefined)
    throw new MissingFileError({ path }, { hint: 'Begin a project first: npm init -y' });
  let description: Record<string, unknown>;
  try {
    description = Object(JSON.parse(text));
  } catch (cause) {
    throw new InvalidManifestError({ source: path, issues: ['not JSON'] }, { cause });
  }
  return {
    dependencies: [...new Set(fields.flatMap((field) => Object.keys(Object(description[field]))))].sort(),
  };
}

function readDescription(directory: string): Promise<string | undefined> {
  return readFile(join(directory, 'package.json'), 'utf8').catch(() => undefined);
}
