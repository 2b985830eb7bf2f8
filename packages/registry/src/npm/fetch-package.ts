import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackTarball } from '../packages/unpack-tarball';
import { downloadTarball } from './pack-tarball';
import { type NpmOptions, registryError } from './run-npm';

/**
 * Downloads a package from its registry and unpacks it, without running any of its code or looking at what it wants
 * installed besides. npm downloads, so that its settings hold.
 *
 * @param specifier what npm takes, e.g. `@scope/ckn@1.0.0`, `@scope/ckn@latest` or the address of a tarball
 * @param folder where it is unpacked, an empty one; the caller removes it
 * @throws RegistryError with npm's own words
 * @throws RefusedPackageError, InvalidManifestError for a tarball that is none of a package
 */
export async function fetchPackage(
  specifier: string,
  folder: string,
  options: NpmOptions = {},
): Promise<void> {
  await withTarball(specifier, options, (path) => unpackTarball(path, folder, specifier));
}

/** Downloads a tarball and hands it to `body`; it is gone afterwards. @throws RegistryError, CancelledError */
export async function withTarball<T>(
  specifier: string,
  options: NpmOptions,
  body: (path: string) => Promise<T>,
): Promise<T> {
  const workspace = await mkdtemp(join(tmpdir(), 'factornet-fetched-'));
  try {
    const tarball = await downloadTarball(specifier, workspace, options).catch((failure: unknown) => {
      throw registryError(failure, `npm pack ${specifier}`, options);
    });
    return await body(tarball.path);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}
