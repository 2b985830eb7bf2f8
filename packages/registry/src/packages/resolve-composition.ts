import { isCommonPackage, isFactorPackage } from '@factornet/assembler';
import {
  type CommonPackage,
  type FactorPackage,
  InvalidOptionError,
  MissingFileError,
} from '@factornet/spec';
import type { PlaceOptions } from './place-package';
import { type ResolvedPackage, resolveInto } from './resolve-package';
import { createWorkspace, type Workspace } from './workspace';

/** Packages of one composition, told apart. */
export interface PackageSet {
  /** One, unless factors were made for several. */
  readonly commons: readonly CommonPackage[];
  readonly factors: readonly FactorPackage[];
}

/**
 * Finds the packages of a composition, as {@link resolvePackage} does, and hands them to `body`; what was fetched is
 * removed afterwards. Common-knowledge packages may be left out: those that the factors name are then looked for where the
 * others are.
 *
 * @throws InvalidOptionError if there is no factor, and what `resolvePackage` throws
 * @example
 * const network = await withComposition(['@me/shape@^1.0.0'], {}, ({ commons, factors }) => assemble(commons, factors));
 */
export async function withComposition<T>(
  packages: readonly string[],
  options: PlaceOptions,
  body: (set: PackageSet) => Promise<T>,
): Promise<T> {
  const workspace = createWorkspace();
  try {
    const resolved = await Promise.all(packages.map((text) => resolveInto(workspace, text, options)));
    const found = resolved.map((each) => each.found);
    const factors = found.filter(isFactorPackage);
    if (factors.length === 0) {
      const received = found.map(({ name }) => name);
      const expected = 'at least one factor package';
      throw new InvalidOptionError({ option: 'package', expected, received });
    }
    const commons = found.filter(isCommonPackage);
    if (commons.length > 0) return await body({ commons, factors });
    return await body({ commons: await findCommons(resolved, workspace, options), factors });
  } finally {
    await workspace.release();
  }
}

/**
 * The networks that factors were made for: on a CDN the range that they name; else what is installed; else, for a factor
 * of the registry, what that has within the range.
 */
async function findCommons(
  resolved: readonly Pick<ResolvedPackage, 'found' | 'origin'>[],
  workspace: Workspace,
  options: PlaceOptions,
): Promise<CommonPackage[]> {
  const wanted = new Map(
    resolved.flatMap(({ found, origin }) =>
      isFactorPackage(found) ? [[found.manifest.common.name, { ...found.manifest.common, origin }]] : [],
    ),
  );
  const isServer = /^https?:/i.test(options.from ?? '');
  const commons = [...wanted.values()].map(async ({ name, range, origin }) => {
    // What a stranger's manifest names with a range is never a folder here.
    const release = () => resolveInto(workspace, `${name}@${range}`, { ...options, folders: false });
    if (isServer) return release();
    return resolveInto(workspace, name, { ...options, folders: options.from === undefined }).catch(
      (error: unknown) => {
        if (origin === 'registry' && MissingFileError.isInstance(error)) return release();
        throw error;
      },
    );
  });
  return (await Promise.all(commons)).map(({ found }) => found as CommonPackage);
}
