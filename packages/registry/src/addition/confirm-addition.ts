import { isDeepStrictEqual } from 'node:util';
import type { InstalledProject } from '../project/list-installed';
import type { AdditionPlan } from './addition-plan';

/**
 * What became of a plan, in so far as it differs: one line per package that is missing, of another version, broken, or
 * described otherwise than when it was chosen. Package managers have their own mind: overrides, lockfiles, ages of
 * releases. And what a registry says of a package need not be what is in its tarball. Pure.
 *
 * @example
 * const differences = confirmAddition(plan, await listInstalled(directory));
 */
export function confirmAddition(
  { packages }: Pick<AdditionPlan, 'packages'>,
  { commons, factors, broken }: Pick<InstalledProject, 'commons' | 'factors' | 'broken'>,
): string[] {
  return packages.flatMap(({ name, version, manifest }) => {
    const found = [...commons, ...factors].find((each) => each.name === name);
    if (found?.version === version) {
      if (isDeepStrictEqual(found.manifest, manifest)) return [];
      return [`${name}@${version} was chosen by another manifest than the installed one`];
    }
    const error = broken.find((each) => each.name === name)?.error;
    return [`${name}@${version} was asked for; ${explain(found?.version, error?.message)}`];
  });
}

function explain(version: string | undefined, complaint: string | undefined): string {
  if (complaint !== undefined) return `what is installed cannot be read: ${complaint}`;
  return version === undefined ? 'it is not installed' : `${version} is installed`;
}
