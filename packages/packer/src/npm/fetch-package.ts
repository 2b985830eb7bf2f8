import { join } from 'node:path';
import { downloadTarball } from './pack-tarball';
import { type NpmOptions, registryError, runNpm } from './run-npm';

/**
 * Downloads a package from its registry and unpacks it, without running any of its code.
 *
 * npm does both, so that its settings hold and what it knows about hostile archives is put to use.
 *
 * @param specifier what npm takes, e.g. `@scope/ckn@1.0.0` or `@scope/ckn@latest`
 * @param workspace an empty folder to work in; the caller removes it
 * @returns the package folder, within `workspace`
 * @throws RegistryError with npm's own words
 */
export async function fetchPackage(
  specifier: string,
  workspace: string,
  options: NpmOptions = {},
): Promise<string> {
  try {
    const { name, path } = await downloadTarball(specifier, workspace, options);
    // Here the folder of the caller's `.npmrc` is of no more use: nothing is downloaded.
    const flags = ['--offline', '--no-audit', '--no-fund', '--no-package-lock', '--legacy-peer-deps'];
    await runNpm(['install', path, '--prefix', workspace, ...flags], { cwd: workspace });
    return join(workspace, 'node_modules', name);
  } catch (failure) {
    throw registryError(failure, `npm pack ${specifier}`, options);
  }
}
