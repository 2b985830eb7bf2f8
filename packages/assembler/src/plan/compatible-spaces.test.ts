import { describe, expect, it } from 'vitest';
import { ckn, digest, factor, only, standingInFor } from './fixtures';
import { planAssembly } from './plan-assembly';

describe('planAssembly of a network that stands in for others', () => {
  const narrowed = standingInFor(ckn('1.3.0', '@scope/ckn', digest('c')), [
    { representation: digest('a'), drift: 0.001 },
    { representation: digest('b'), version: '1.2.0', drift: 0.01 },
  ]);

  it('takes factors of its own feature space and of those it stands in for', () => {
    const factors = ['a', 'b', 'c'].map((letter) => factor(`task-${letter}`, '^1.0.0', digest(letter)));
    const { conflicts, trunks } = planAssembly({ common: narrowed, factors });
    expect(conflicts).toEqual([]);
    expect(trunks[0]?.tasks).toEqual(['task-a', 'task-b', 'task-c']);
  });

  it('says which ones they are to a factor of another', () => {
    const conflict = only({ common: narrowed, factors: [factor('shape', '^1.0.0', digest('d'))] });
    expect(conflict).toMatchObject({ kind: 'incompatible-common', reason: 'representation' });
    expect(conflict.message).toBe(
      '@scope/shape@1.1.0 was made for @scope/ckn@^1.0.0, but is being assembled with @scope/ckn@1.3.0, ' +
        'whose feature space (representation digest) is a different one.\n' +
        'It needs the feature space sha512-dddddddddddd…, and this is sha512-cccccccccccc…, which stands in for ' +
        'sha512-aaaaaaaaaaaa…, sha512-bbbbbbbbbbbb… of 1.2.0. ' +
        'Install releases that belong together: npm install @scope/ckn@^1.0.0 @scope/shape@latest',
    );
  });

  it('still wants the name and the range', () => {
    const stranger = factor('shape', '^2.0.0', digest('a'));
    expect(only({ common: narrowed, factors: [stranger] })).toMatchObject({ reason: 'range' });
    const other = { ...narrowed, name: '@else/ckn' };
    expect(only({ common: other, factors: [factor('shape', '^1.0.0', digest('a'))] })).toMatchObject({
      reason: 'name',
    });
  });
});
