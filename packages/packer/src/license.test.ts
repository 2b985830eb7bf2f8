import { describe, expect, it } from 'vitest';
import { resolveLicense } from './license';

const ckn = { name: '@scope/ckn' };

describe('resolveLicense', () => {
  it('is Apache 2.0 where nothing is said', () => {
    const { license, text } = resolveLicense({}, ckn);
    expect(license).toBe('Apache-2.0');
    expect(text).toMatch(/^\s*Apache License\s+Version 2\.0, January 2004/);
    expect(text).toMatch(/[^\n]\n$/);
  });

  it('takes any text that SPDX lists, and fills in its blanks', () => {
    const mit = resolveLicense({ license: 'MIT' }, ckn);
    expect(mit.text).toMatch(
      /^MIT License\n\nCopyright \(c\) the authors of @scope\/ckn\n\nPermission is hereby/,
    );
    expect(resolveLicense({ license: 'BSD-3-Clause' }, ckn).text).not.toMatch(/<\w+>/);
    expect(resolveLicense({ license: 'CC-BY-4.0' }, ckn).text).toContain('Attribution 4.0 International');
  });

  it.each(['Apache', 'mit', 'MIT OR Apache-2.0', '../MIT', 'UNLICENSED', ''])('refuses %j', (license) => {
    expect(() => resolveLicense({ license }, ckn)).toThrow(
      `license must be an SPDX identifier, e.g. "Apache-2.0" or "MIT", but is "${license}".\n` +
        'For any other licence give its text (licenseText, --license-file).',
    );
  });

  it('takes a text as it is', () => {
    expect(resolveLicense({ licenseText: 'Ours alone.' }, ckn)).toEqual({
      license: 'SEE LICENSE IN LICENSE',
      text: 'Ours alone.',
    });
    expect(resolveLicense({ license: 'UNLICENSED', licenseText: 'Ours alone.\n' }, ckn)).toEqual({
      license: 'UNLICENSED',
      text: 'Ours alone.\n',
    });
  });
});
