import { inParallel } from '@factornet/core/node';
import { FactornetError } from '@factornet/spec';
import { RegistryError } from '@factornet/spec/publishing';
import { parseSpecifier } from '../packages/parse-specifier';
import { isPublishedCommon, isPublishedFactor, type PublishedPackage } from '../packages/published-package';
import { searchPackages } from '../packages/search-packages';
import { type ViewOptions, viewPackages } from '../packages/view-packages';
import { viewVersions } from '../packages/view-versions';
import { checkTaskNames } from './check-task-names';

export interface CandidateRequest extends ViewOptions {
  /** Packages to choose among: names (all versions), names with a range, tag or version, folders, tarballs. */
  names: readonly string[];
  /** npm scope to search; without names and scope the whole registry is searched. */
  scope?: string;
  /** Most hits of a search that are considered. Default 1,000. */
  limit?: number;
  /** Told how many hits of a search were not considered. */
  onLeftOut?: (hits: number) => void;
  /** Common-knowledge networks are looked up for factors of these tasks. */
  tasks: readonly string[];
}

/**
 * Reads the packages to choose among: named ones, found ones, and all versions of the common-knowledge networks that
 * their factors want. Found packages that cannot be read are left out; named ones must be readable.
 *
 * @throws RegistryError, InvalidManifestError, NewerSpecError, RefusedPackageError, MissingFileError,
 * InvalidOptionError, CancelledError
 * @example
 * const candidates = await gatherCandidates({ names: [], scope: '@me', tasks: ['shape'] });
 */
export async function gatherCandidates({
  names,
  scope,
  tasks,
  limit,
  onLeftOut,
  ...options
}: CandidateRequest): Promise<PublishedPackage[]> {
  checkTaskNames(tasks);
  const searches = names.length === 0 || scope !== undefined;
  const search = {
    ...options,
    ...(scope !== undefined && { scope }),
    ...(limit !== undefined && { limit }),
    ...(onLeftOut !== undefined && { onLeftOut }),
  };
  const found = searches ? await searchPackages(search) : [];
  const { onProgress, ...quiet } = options;
  const questions = [
    ...names.map((name) => () => viewNamed(name, quiet)),
    ...found.map(
      ({ name }) =>
        () =>
          viewVersions([name], quiet).catch(skipUnusable),
    ),
  ];
  const packages = (await inParallel(questions, (ask) => ask(), { onProgress })).flat(2);
  return withoutRepeats([...packages, ...(await viewCommons(packages, tasks, options))]);
}

async function viewNamed(text: string, options: ViewOptions): Promise<PublishedPackage[][]> {
  const specifier = parseSpecifier(text);
  const isRange = specifier.form === 'name' || (specifier.form === 'release' && specifier.by === 'range');
  return isRange ? viewVersions([text], options) : [await viewPackages([text], options)];
}

/** All versions of the networks that factors of the tasks want and nobody named. */
async function viewCommons(
  packages: readonly PublishedPackage[],
  tasks: readonly string[],
  options: ViewOptions,
): Promise<PublishedPackage[]> {
  const named = new Set(packages.filter(isPublishedCommon).map(({ name }) => name));
  const ranges = new Map<string, Set<string>>();
  for (const { manifest } of packages.filter(isPublishedFactor)) {
    const { name, range } = manifest.common;
    if (named.has(name) || !tasks.includes(manifest.task.name)) continue;
    ranges.set(name, (ranges.get(name) ?? new Set()).add(range));
  }
  const { onProgress, ...quiet } = options;
  const versions = await inParallel(
    [...ranges],
    ([name, wanted]) => viewVersions([`${name}@${[...wanted].join(' || ')}`], quiet).catch(skipUnusable),
    { onProgress },
  );
  return versions.flat(2);
}

/** Whatever keywords it carries, and whoever may not read it: there are others to choose among. */
function skipUnusable(error: unknown): [] {
  const isRefused = FactornetError.isInstance(error) && error.code !== 'cancelled';
  const isUnknown = RegistryError.isInstance(error) && /^E(40[134]|TARGET)\b/.test(error.output);
  if (RegistryError.isInstance(error) ? isUnknown : isRefused) return [];
  throw error;
}

function withoutRepeats(packages: readonly PublishedPackage[]): PublishedPackage[] {
  return [...new Map(packages.map((each) => [`${each.name}@${each.version}`, each])).values()];
}
