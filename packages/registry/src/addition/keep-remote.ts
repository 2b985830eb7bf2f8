import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packTarball, tarballName } from '../npm/pack-tarball';
import { parseSpecifier, type Specifier } from '../packages/parse-specifier';
import type { PlaceOptions } from '../packages/place-package';
import { withPlaces } from '../packages/with-package';
import type { AdditionPlan, PlannedPackage } from './addition-plan';

/** Where a project keeps what a package manager cannot fetch again. */
const FOLDER = 'vendor';

/**
 * What a package manager is told for a plan: the folder of a server, which none installs, is a tarball in the project's
 * `vendor/` then ({@link keepRemote}). Pure.
 */
export function installSpecifiers(
  { install, packages }: Pick<AdditionPlan, 'install' | 'packages'>,
  directory: string,
): string[] {
  return install.map((specifier) => {
    const planned = packages.find((each) => each.specifier === specifier);
    return planned !== undefined && isRemoteFolder(planned) ? pathOf(planned, directory) : specifier;
  });
}

/**
 * Fetches the packages of a plan that lie as folders on servers, and keeps them as tarballs in the project.
 *
 * @returns what was written
 * @throws MissingFileError, RefusedPackageError, WriteFailedError, CancelledError
 */
export async function keepRemote(
  { packages, install }: Pick<AdditionPlan, 'install' | 'packages'>,
  directory: string,
  options: PlaceOptions = {},
): Promise<string[]> {
  const remote = packages.filter((each) => install.includes(each.specifier) && isRemoteFolder(each));
  const folder = join(directory, FOLDER);
  return withPlaces(
    remote.map(({ specifier }) => specifier),
    options,
    async (places) => {
      const written: string[] = [];
      for (const place of places) {
        await mkdir(folder, { recursive: true });
        written.push((await packTarball(await place.folder(), folder)).path);
      }
      return written;
    },
  );
}

function isRemoteFolder({ specifier }: PlannedPackage): boolean {
  const { form }: Specifier = parseSpecifier(specifier);
  return form === 'remote-folder';
}

function pathOf({ name, version }: PlannedPackage, directory: string): string {
  return join(directory, FOLDER, tarballName({ name, version }));
}
