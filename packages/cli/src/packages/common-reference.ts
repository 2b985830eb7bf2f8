import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CommonReference } from '@factornet/packer';
import { type CommonPackage, InvalidOptionError } from '@factornet/spec';
import { shellWord } from '@factornet/spec/internal';
import { satisfies } from 'semver';
import { resolvePackage } from './resolve-packages';

/** The folder that a package was read from. */
export function packageFolder({ manifest, files }: CommonPackage): string {
  return dirname(fileURLToPath(files[manifest.model.topology.path] as URL));
}

/**
 * The common-knowledge package that a single factor is packed for: a package folder, or an installed package
 * (`@me/shapes-common`, `@me/shapes-common@1.0.0`), with its manifest and golden probes.
 *
 * @throws InvalidOptionError if it is a factor, or another version is installed than the one named
 * @throws MissingFileError, InvalidManifestError, NewerSpecError
 */
export async function readCommonReference(
  specifier: string,
  from = process.cwd(),
): Promise<Required<Pick<CommonReference, 'name' | 'version' | 'manifest' | 'directory'>>> {
  const [, plain = specifier, wanted] =
    /^((?:@[^/\\@]+\/)?[^/\\@.][^/\\@]*)@([^/\\]+)$/.exec(specifier) ?? [];
  const found = await resolvePackage(plain, from);
  if (found.manifest.kind !== 'common') {
    throw new InvalidOptionError({
      option: '--common-package',
      expected: 'a common-knowledge package: its folder, or its name if it is installed',
      received: `the factor ${found.name}`,
    });
  }
  const common = found as CommonPackage;
  if (wanted !== undefined && !satisfies(common.version, wanted)) {
    throw new InvalidOptionError(
      {
        option: '--common-package',
        expected: `the version that is installed, ${common.name}@${common.version}`,
        received: specifier,
      },
      { hint: `Install the other one, or name its package folder: npm install ${shellWord(specifier)}` },
    );
  }
  const { name, version, manifest } = common;
  return {
    name,
    version,
    manifest: manifest as NonNullable<CommonReference['manifest']>,
    directory: packageFolder(common),
  };
}
