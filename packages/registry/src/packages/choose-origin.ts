import satisfies from 'semver/functions/satisfies.js';
import type { Specifier } from './parse-specifier';

/** A name, or one with a version, range or tag. */
export type NameSpecifier = Extract<Specifier, { name: string }>;

/**
 * What a name means. `installed`: what is installed, if it fits (a tag fits any version), and else what the registry has
 * under a version, range or tag. `released`: with a version, range or tag always the registry's; by the name alone what is
 * installed, and else the registry's.
 */
export type NameMeaning = 'installed' | 'released';

/**
 * Says where a package comes from that was named. Pure.
 *
 * @param installed the version that is installed, if any
 * @returns `none` if it is not installed, and a registry was not asked for
 */
export function chooseOrigin(
  specifier: NameSpecifier,
  installed: string | undefined,
  meaning: NameMeaning,
): 'installed' | 'registry' | 'none' {
  if (specifier.form === 'name') {
    if (installed !== undefined) return 'installed';
    return meaning === 'released' ? 'registry' : 'none';
  }
  if (meaning === 'released' || installed === undefined) return 'registry';
  const { by, wanted } = specifier;
  return by === 'tag' || satisfies(installed, wanted, true) ? 'installed' : 'registry';
}
