import { describe, expect, it } from 'vitest';
import { InvalidManifestError } from '../errors/invalid-manifest-error';
import { NewerSpecError } from '../errors/newer-spec-error';
import { alter, digest } from './fixtures';
import { parseLockfile } from './lockfile';

const lock = {
  lockfileVersion: 1,
  trunks: [
    {
      name: '@acme/common',
      version: '1.2.0',
      representation: digest('r'),
      manifest: digest('m'),
      files: { 'common.model.json': digest('a'), 'common.weights.bin': digest('b') },
    },
  ],
  factors: [
    {
      name: '@acme/shape',
      version: '1.0.0',
      task: 'shape',
      representation: digest('r'),
      manifest: digest('n'),
      files: { 'head.weights.bin': digest('c') },
    },
  ],
};

describe('parseLockfile', () => {
  it('takes a lockfile as it is', () => {
    expect(parseLockfile(structuredClone(lock), 'factornet.lock.json')).toEqual(lock);
    expect(parseLockfile(alter(lock, 'factors', []), 'x').factors).toEqual([]);
  });

  it.each([
    ['lockfileVersion', '1'],
    ['lockfileVersion', 0],
    ['trunks', []],
    ['trunks', undefined],
    ['trunks.0.name', 'Not A Package'],
    ['trunks.0.representation', 'sha256-abc'],
    ['trunks.0.manifest', undefined],
    ['factors.0.files', undefined],
    ['factors.0.files', { '../../etc/passwd': digest('a') }],
    ['factors.0.files', { 'head.weights.bin': 'abc' }],
    ['factors.0.task', ''],
    ['factors', Array.from({ length: 1001 }, () => lock.factors[0])],
  ])('names %s = %j', (path, replacement) => {
    const broken = alter(lock, path, replacement);
    const attempt = () => parseLockfile(broken, 'factornet.lock.json');
    expect(attempt).toThrow(InvalidManifestError);
    expect(attempt).toThrow(/^The factornet manifest of factornet\.lock\.json is not valid:\n/);
    expect(attempt).toThrow(path.split('.')[0] as string);
    expect(attempt).toThrow('Write it again: factornet lock <package…>');
  });

  it.each([undefined, null, 3, 'text', []])('refuses %j', (value) => {
    expect(() => parseLockfile(value, 'x')).toThrow(InvalidManifestError);
  });

  it('refuses a later format, whatever else it holds', () => {
    const attempt = () => parseLockfile({ lockfileVersion: 2 }, 'factornet.lock.json');
    expect(attempt).toThrow(NewerSpecError);
    expect(attempt).toThrow('npm install @factornet/assembler@latest');
  });
});
