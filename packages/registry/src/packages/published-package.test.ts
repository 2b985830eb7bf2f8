import { InvalidManifestError, NewerSpecError, RefusedPackageError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { descriptionOf, sampleCommon, sampleFactor } from '../testing/sample-packages';
import { isPublishedCommon, isPublishedFactor, parsePublished } from './published-package';

const shape = descriptionOf(sampleFactor('shape'));
const source = '@me/shape@^1.0.0';
const refusal = (description: unknown) => {
  try {
    return parsePublished(description, { source });
  } catch (error) {
    return error as Error;
  }
};

describe('parsePublished', () => {
  it('reads a factor and a common network, with the sizes of their files where no other are stated', () => {
    const { unpackedBytes: _, ...expected } = sampleFactor('shape');
    const factor = parsePublished(shape, { source });
    // 280 and 100 bytes of weights, two topologies of 10 bytes, 1,000 bytes of probes.
    expect(factor).toEqual({ ...expected, unpackedBytes: 1400 });
    const common = parsePublished(descriptionOf(sampleCommon()), { source });
    expect(common.unpackedBytes).toBe(5000);
    expect([factor, common].map(isPublishedFactor)).toEqual([true, false]);
    expect([factor, common].map(isPublishedCommon)).toEqual([false, true]);
  });

  it('takes sizes and words of deprecation from the registry', () => {
    const dist = { unpackedSize: 7000, size: 5000 };
    expect(parsePublished({ ...shape, dist, deprecated: 'use\u001b another' }, { source })).toMatchObject({
      unpackedBytes: 7000,
      tarballBytes: 5000,
      deprecated: 'use  another',
    });
    expect(parsePublished({ ...shape, dist: { unpackedSize: -1 } }, { source }).unpackedBytes).toBe(1400);
  });

  it('says so of an ordinary package', () => {
    const { factornet: _, ...ordinary } = shape;
    expect(refusal(ordinary)).toMatchObject({ code: 'invalid-manifest', source: '@me/shape@1.0.0' });
    expect(refusal(ordinary)).toMatchObject({ hint: expect.stringContaining('ordinary npm package') });
  });

  const manifest = shape.factornet as object;
  it.each<[string, unknown, new (...fields: never[]) => Error, RegExp]>([
    ['a newer specification', { ...shape, factornet: { spec: 2 } }, NewerSpecError, /version 2/],
    ['a broken manifest', { ...shape, factornet: { ...manifest, task: 7 } }, InvalidManifestError, /task: /],
    ['a loose version', { ...shape, version: 'v1.0.0' }, InvalidManifestError, /version: must be a sem/],
    ['no version', { ...shape, version: undefined }, InvalidManifestError, /version: must be a semantic/],
    [
      'a flag as its name',
      { ...shape, name: '--registry=http://evil' },
      InvalidManifestError,
      /name: must be/,
    ],
    ['a path as its name', { ...shape, name: '../up' }, InvalidManifestError, /name: must be a package name/],
    ['scripts', { ...shape, scripts: { postinstall: 'x' } }, RefusedPackageError, /scripts.*postinstall/],
    ['commands', { ...shape, bin: { shape: 'x.js' } }, RefusedPackageError, /scripts.*bin \(shape\)/],
    ['native builds', { ...shape, gypfile: true }, RefusedPackageError, /scripts.*gypfile/],
    [
      'dependencies',
      { ...shape, dependencies: { lodash: '*' } },
      RefusedPackageError,
      /dependencies.*lodash/,
    ],
    ['no peer', { ...shape, peerDependencies: {} }, RefusedPackageError, /are none.*@me\/ckn@\^1\.0\.0/],
    [
      'another peer',
      { ...shape, peerDependencies: { '@me/ckn': '^1.0.0', left: '*' } },
      RefusedPackageError,
      /peer-range.*left@\*/,
    ],
    ['nothing', null, InvalidManifestError, /name: /],
    ['a list', [], InvalidManifestError, /name: /],
  ])('refuses %s', (_, description, ErrorClass, message) => {
    expect(refusal(description)).toBeInstanceOf(ErrorClass);
    expect(refusal(description)).toMatchObject({ message: expect.stringMatching(message) });
  });

  it('takes empty fields, which some registries add, for none', () => {
    const added = { scripts: {}, bin: {}, dependencies: {}, bundleDependencies: false, gypfile: false };
    expect(refusal({ ...shape, ...added })).not.toBeInstanceOf(Error);
  });
});
