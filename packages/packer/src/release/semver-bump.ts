import { InvalidOptionError } from '@factornet/spec';
import { inc, type ReleaseType, SemVer } from 'semver';
import { checkPackageVersion } from '../package-identity';

/** What a release may break: nothing, nothing within tolerance, or factors made before. */
export type Bump = 'patch' | 'minor' | 'major';

const ANY: readonly Bump[] = ['patch', 'minor', 'major'];

/**
 * The measurements that a version keeps its promise with, when it follows `previous`: one, as a rule.
 *
 * Below 1.0.0, ranges read 0.y.z as npm does: another y breaks, another z may be a patch or a minor release; for 0.0.z
 * every version breaks. Pre-releases of one version, and 1.0.0 itself after 0.y.z, promise nothing about what was before.
 *
 * Source: https://github.com/npm/node-semver#caret-ranges-123-025-004
 *
 * @throws InvalidOptionError unless `version` comes after `previous`
 */
export function claimedBumps(previous: string, version: string): readonly Bump[] {
  const [from, to] = [parse(previous, 'previous.version'), parse(version, 'version')];
  if (to.compare(from) <= 0) {
    throw new InvalidOptionError({
      option: 'version',
      expected: `a successor of the published ${previous}`,
      received: version,
    });
  }
  if (from.compareMain(to) === 0) return ANY;
  if (from.major === 0 && to.compareMain('1.0.0') === 0) return ANY;
  if (from.major !== to.major) return ['major'];
  if (from.major > 0) return [from.minor === to.minor ? 'patch' : 'minor'];
  if (from.minor !== to.minor) return ['major'];
  return from.minor === 0 ? ANY : ['patch', 'minor'];
}

/** The version after `previous` that says what was measured: 1.3.0 for `minor` after 1.2.3, 0.2.4 after 0.2.3. */
export function nextVersion(previous: string, measured: Bump): string {
  const { major, minor, prerelease } = parse(previous, 'previous.version');
  const release = (): ReleaseType => {
    if (prerelease.length > 0) return 'prerelease';
    if (major > 0) return measured;
    return measured === 'major' && minor > 0 ? 'minor' : 'patch';
  };
  return inc(previous, release()) as string;
}

function parse(version: string, option: string): SemVer {
  checkPackageVersion(version, option);
  return new SemVer(version);
}
