import { InvalidOptionError } from '@factornet/spec';
import { isPackageName, isVersion } from '@factornet/spec/internal';
import { isRegistryRange } from '@factornet/spec/training';
import { SemVer } from 'semver';
import validateName from 'validate-npm-package-name';

/** @throws InvalidOptionError unless npm accepts `name` for a new package */
export function checkPackageName(name: string, option = 'name'): void {
  const { validForNewPackages, errors = [], warnings = [] } = validateName(name);
  if (validForNewPackages && isPackageName(name)) return;
  throw new InvalidOptionError(
    { option, expected: 'a name that npm accepts, e.g. "@scope/ckn"', received: name },
    {
      hint: validForNewPackages
        ? 'A name begins with a letter or a digit, and does not end as an archive does.'
        : `npm says: ${[...errors, ...warnings].join('; ')}.`,
    },
  );
}

/** @throws InvalidOptionError unless `version` is a full semantic version in its plain form */
export function checkPackageVersion(version: string, option = 'version'): void {
  // npm rewrites "v1.0.0" and "=1.0.0" on publish, and drops build metadata: only what it keeps is accepted.
  if (isVersion(version)) return;
  throw new InvalidOptionError({ option, expected: 'a semantic version, e.g. "1.0.0"', received: version });
}

/**
 * The range of common-knowledge versions that a factor trained with `version` works with: `^1.0.0` for
 * 1.4.2. Below 1.0.0 a minor, and below 0.1.0 or for a pre-release every version stands for itself.
 *
 * Source: https://github.com/npm/node-semver#caret-ranges-123-025-004
 */
export function compatibleRange(version: string): string {
  checkPackageVersion(version, 'common.version');
  const { major, minor, prerelease } = new SemVer(version);
  if (prerelease.length > 0) return `^${version}`;
  if (major > 0) return `^${major}.0.0`;
  return minor > 0 ? `^0.${minor}.0` : `^${version}`;
}

/** @throws InvalidOptionError unless `range` is a semver range */
export function checkRange(range: string): void {
  if (isRegistryRange(range)) return;
  throw new InvalidOptionError({
    option: 'common.range',
    expected: 'a semver range, e.g. "^1.0.0"',
    received: range,
  });
}
