import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readPackageTarball } from '@factornet/core/node';
import { InvalidManifestError, RefusedPackageError } from '@factornet/spec';
import { downloadTarball } from './pack-tarball';
import { type NpmOptions, registryError } from './run-npm';

/**
 * Downloads a package from its registry and unpacks it, without running any of its code or looking at what it wants
 * installed besides. npm downloads, so that its settings hold.
 *
 * @param specifier what npm takes, e.g. `@scope/ckn@1.0.0` or `@scope/ckn@latest`
 * @param workspace an empty folder to work in; the caller removes it
 * @returns the package folder, within `workspace`
 * @throws RegistryError with npm's own words
 * @throws RefusedPackageError, InvalidManifestError for a tarball that is none of a package
 */
export async function fetchPackage(
  specifier: string,
  workspace: string,
  options: NpmOptions = {},
): Promise<string> {
  const tarball = await downloadTarball(specifier, workspace, options).catch((failure: unknown) => {
    throw registryError(failure, `npm pack ${specifier}`, options);
  });
  const { files } = await readPackageTarball(tarball.path).catch((cause: unknown) => {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    throw new InvalidManifestError({ source: specifier, issues: ['not a gzipped tarball'] }, { cause });
  });
  const folder = join(workspace, 'package');
  for (const [name, content] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}
