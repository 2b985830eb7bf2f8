import type { InstalledProject } from '../project/list-installed';
import type { AdditionPlan } from './addition-plan';

/**
 * What became of a plan, in so far as it differs: one line per package that is missing, of another version or broken.
 * Package managers have their own mind: overrides, lockfiles, ages of releases. Pure.
 *
 * @example
 * const differences = confirmAddition(plan, await listInstalled(directory));
 */
export function confirmAddition(
  { packages }: Pick<AdditionPlan, 'packages'>,
  { commons, factors, broken }: Pick<InstalledProject, 'commons' | 'factors' | 'broken'>,
): string[] {
  return packages.flatMap(({ name, version }) => {
    const found = [...commons, ...factors].find((each) => each.name === name);
    if (found?.version === version) return [];
    const error = broken.find((each) => each.name === name)?.error;
    return [`${name}@${version} was asked for; ${describe(found?.version, error?.message)}`];
  });
}

function describe(version: string | undefined, complaint: string | undefined): string {
  if (complaint !== undefined) return `what is installed cannot be read: ${complaint}`;
  return version === undefined ? 'it is not installed' : `${version} is installed`;
}
