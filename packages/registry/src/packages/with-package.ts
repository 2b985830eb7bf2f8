import { isCommonPackage } from '@factornet/assembler';
import { type CommonPackage, InvalidOptionError } from '@factornet/spec';
import type { PackagePlace } from './package-place';
import { type PlaceOptions, placePackage } from './place-package';
import { type ResolvedPackage, resolvePackage } from './resolve-package';
import { createWorkspace } from './workspace';

/**
 * Hands the common-knowledge package that a user names to `body`; what was fetched is removed afterwards.
 *
 * @throws InvalidOptionError if it is a factor, and what `resolvePackage` throws
 * @example
 * const measured = await withCommonPackage('@me/ckn@latest', {}, ({ found }) => measureVersion(common, found));
 */
export async function withCommonPackage<T>(
  text: string,
  options: PlaceOptions,
  body: (common: ResolvedPackage & { readonly found: CommonPackage }) => Promise<T>,
): Promise<T> {
  const resolved = await resolvePackage(text, options);
  try {
    const { found } = resolved;
    if (isCommonPackage(found)) return await body({ ...resolved, found });
    throw new InvalidOptionError({
      option: options.option ?? 'package',
      expected: 'a common-knowledge package',
      received: `${text}, a factor`,
    });
  } finally {
    await resolved.release();
  }
}

/**
 * Hands the places of packages to `body`, of which nothing was read; what was fetched is removed afterwards.
 *
 * @throws InvalidOptionError, MissingFileError, RefusedPackageError, InvalidManifestError, RegistryError, CancelledError
 * @example
 * await withPlaces(['shape.tgz'], {}, async ([shape]) => verifyPackage(await shape.folder()));
 */
export async function withPlaces<T>(
  packages: readonly string[],
  options: PlaceOptions,
  body: (places: PackagePlace[]) => Promise<T>,
): Promise<T> {
  const workspace = createWorkspace();
  try {
    return await body(await Promise.all(packages.map((text) => placePackage(text, workspace, options))));
  } finally {
    await workspace.release();
  }
}
