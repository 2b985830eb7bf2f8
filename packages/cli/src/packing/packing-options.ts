import { readFile } from 'node:fs/promises';
import type { PackingOptions } from '@factornet/pipeline';
import { InvalidOptionError, MissingFileError } from '@factornet/spec';
import type { PackFlags } from '../options/pack-options';

/** What the flags say of every package: `NAME-common` and `NAME-<task>`, in a scope or without one. */
export async function packingOptions(flags: PackFlags): Promise<PackingOptions> {
  const { name, scope, version, previous, force, dtype, out } = flags;
  const { license, licenseFile, repository, description, author } = flags;
  if (version === 'auto' && previous === undefined) {
    throw new InvalidOptionError({
      option: '--version',
      expected: 'a semantic version; auto measures it, and needs --previous',
      received: version,
    });
  }
  const prefix = scope === undefined ? name : `${scope.replace(/^@?/, '@')}/${name}`;
  return {
    directory: out,
    nameOf: (part) => `${prefix}-${part}`,
    version,
    dtype,
    about: {
      force,
      ...(license !== undefined && { license }),
      ...(repository !== undefined && { repository }),
      ...(description !== undefined && { description }),
      ...(author !== undefined && { author }),
      ...(licenseFile !== undefined && { licenseText: await readLicense(licenseFile) }),
    },
  };
}

async function readLicense(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new MissingFileError({ path }, { cause, hint: '--license-file names the text of a licence.' });
  }
}
