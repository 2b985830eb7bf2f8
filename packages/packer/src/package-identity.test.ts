import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { compatibleRange } from './package-identity';

describe('compatibleRange', () => {
  it.each([
    ['1.4.2', '^1.0.0', ['1.0.0', '1.9.9'], ['0.9.9', '2.0.0']],
    ['0.3.1', '^0.3.0', ['0.3.0', '0.3.9'], ['0.2.0', '0.4.0', '1.0.0']],
    ['0.0.7', '^0.0.7', ['0.0.7'], ['0.0.6', '0.0.8']],
    ['2.0.0-beta.1', '^2.0.0-beta.1', ['2.0.0-beta.1', '2.0.0', '2.3.0'], ['1.9.9', '3.0.0']],
  ])('%s gives %s', (version, range, inside, outside) => {
    expect(compatibleRange(version)).toBe(range);
    for (const each of [version, ...inside]) expect(satisfies(each, range), each).toBe(true);
    for (const each of outside) expect(satisfies(each, range), each).toBe(false);
  });

  it('refuses what is no version', () => {
    expect(() => compatibleRange('1.x')).toThrow('common.version must be a semantic version');
  });
});
