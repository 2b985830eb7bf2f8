import type { CommonManifest, Compatibility } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { fittingRange } from './fitting-range';

const manifest = (...representations: Compatibility['representations']) =>
  ({
    representation: 'own',
    compatibility: { tolerance: 0.02, representations },
  }) as unknown as CommonManifest;
const earlier = { representation: 'earlier', version: '1.2.1', drift: 0.01 };
const source = { representation: 'source', drift: 0.001 };

describe('fittingRange', () => {
  it.each([
    ['of a major with one feature space: all of it', '1.4.2', manifest(), 'own', '^1.0.0'],
    ['before narrowing: all of it', '1.4.2', manifest(source), 'source', '^1.0.0'],
    ['without a manifest: all of the major', '1.4.2', undefined, 'own', '^1.0.0'],
    ['of the latest of two feature spaces: from its minor on', '1.4.2', manifest(earlier), 'own', '^1.4.0'],
    ['narrowed lately: from its minor on', '1.4.2', manifest(earlier, source), 'source', '^1.4.0'],
    ['of an earlier feature space: from its own on', '1.4.2', manifest(earlier), 'earlier', '^1.2.0'],
    ['below 1.0.0: from this very version on', '0.3.4', manifest(earlier), 'own', '^0.3.4'],
    ['of a pre-release: from it on', '2.0.0-beta.2', manifest(earlier), 'own', '^2.0.0-beta.2'],
  ])('%s', (_, version, common, representation, range) => {
    expect(fittingRange(version, common, representation)).toBe(range);
  });
});
