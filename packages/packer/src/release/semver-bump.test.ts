import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { compatibleRange } from '../package-identity';
import { type Bump, claimedBumps, nextVersion } from './semver-bump';

const any = ['patch', 'minor', 'major'];

describe('claimedBumps', () => {
  it.each([
    ['1.2.3', '1.2.4', ['patch']],
    ['1.2.3', '1.2.9', ['patch']],
    ['1.2.3', '1.3.0', ['minor']],
    ['1.2.3', '1.4.2', ['minor']],
    ['1.2.3', '2.0.0', ['major']],
    ['1.2.3', '3.1.4', ['major']],
    ['1.2.3', '1.3.0-beta.1', ['minor']],
    ['0.2.3', '0.2.4', ['patch', 'minor']],
    ['0.2.3', '0.3.0', ['major']],
    ['0.2.3', '1.0.0', any],
    ['0.2.3', '1.1.0', ['major']],
    ['0.0.3', '0.0.4', any],
    ['0.0.3', '0.1.0', ['major']],
    ['2.0.0-beta.1', '2.0.0-beta.2', any],
    ['2.0.0-beta.1', '2.0.0', any],
    ['2.0.0-beta.1', '2.1.0', ['minor']],
  ])('%s → %s promises %j', (previous, version, bumps) => {
    expect(claimedBumps(previous, version)).toEqual(bumps);
  });

  it.each([
    ['1.2.3', '1.2.3'],
    ['1.2.3', '1.2.2'],
    ['1.2.3', '1.2.3-beta.1'],
    ['1.2.3', '0.9.0'],
  ])('refuses %s → %s, which is no successor', (previous, version) => {
    expect(() => claimedBumps(previous, version)).toThrow(
      `version must be a successor of the published ${previous}, but is "${version}".`,
    );
  });

  it('refuses what is no version', () => {
    expect(() => claimedBumps('1', '2.0.0')).toThrow('previous.version must be a semantic version');
    expect(() => claimedBumps('1.0.0', 'auto')).toThrow('version must be a semantic version');
  });
});

describe('nextVersion', () => {
  const cases: [string, Bump, string][] = [
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'major', '2.0.0'],
    ['0.2.3', 'patch', '0.2.4'],
    ['0.2.3', 'minor', '0.2.4'],
    ['0.2.3', 'major', '0.3.0'],
    ['0.0.3', 'patch', '0.0.4'],
    ['0.0.3', 'major', '0.0.4'],
    ['2.0.0-beta.1', 'major', '2.0.0-beta.2'],
  ];
  it.each(cases)('after %s, measured %s: %s', (previous, measured, expected) => {
    const version = nextVersion(previous, measured);
    expect(version).toBe(expected);
    expect(claimedBumps(previous, version)).toContain(measured);
  });

  // What counts in the end: whether npm offers the release to factors that were made for the one before.
  it.each(cases.filter(([previous]) => !previous.includes('-') && !previous.startsWith('0.0.')))(
    'after %s, measured %s: npm gives it to older factors only if they go on working',
    (previous, measured) => {
      const resolves = satisfies(nextVersion(previous, measured), compatibleRange(previous));
      expect(resolves).toBe(measured !== 'major');
    },
  );
});
