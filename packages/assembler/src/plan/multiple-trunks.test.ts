import { MultipleTrunksError, ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { conflictError } from './conflict';
import { ckn, digest, factor, forCommon, only, standingInFor, withInput } from './fixtures';
import { planAssembly } from './plan-assembly';

const one = ckn('1.2.0', '@scope/one', digest('a'));
const two = ckn('3.0.0', '@scope/two', digest('b'));
const ofOne = forCommon(factor('shape'), '@scope/one');
const ofTwo = forCommon(factor('hue', '^3.0.0', digest('b')), '@scope/two');
const both = { common: [one, two], factors: [ofOne, ofTwo] };

describe('planAssembly of several common-knowledge networks', () => {
  it('says that each would run, unless that is allowed', () => {
    const conflict = only(both);
    expect(conflict).toMatchObject({
      kind: 'multiple-trunks',
      commons: ['@scope/one@1.2.0', '@scope/two@3.0.0'],
    });
    expect(conflict.message).toBe(
      'These factors need 2 common-knowledge networks: "@scope/one@1.2.0", "@scope/two@3.0.0". ' +
        'Each would run on its own for every picture.\n' +
        'To run them all, allow it: multipleTrunks: true, or --multiple-trunks of the command.',
    );
    expect(MultipleTrunksError.isInstance(conflictError(conflict))).toBe(true);
    expect(only({ ...both, factors: [ofOne] }).hint).toContain(
      'Leave out what no factor here needs: @scope/two@3.0.0.',
    );
  });

  it('gives every factor the one that it fits', () => {
    const plan = planAssembly({ ...both, multipleTrunks: true });
    expect(plan.conflicts).toEqual([]);
    expect(plan.trunks.map(({ name, tasks }) => [name, tasks])).toEqual([
      ['@scope/one', ['shape']],
      ['@scope/two', ['hue']],
    ]);
    expect(plan.factors.map(({ task, trunk }) => [task, trunk])).toEqual([
      ['shape', 0],
      ['hue', 1],
    ]);
    expect(plan).toMatchObject({ bytes: 2 * 4010 + 2 * 220, parameters: 2100, multiplyAdds: 220_000 });
  });

  it('prefers the nearest feature space of several that fit', () => {
    const later = (version: string, drift: number) =>
      standingInFor(ckn(version, '@scope/ckn', digest(version[2] as string)), [
        { representation: digest('a'), version: '1.0.0', drift },
      ]);
    const far = later('1.1.0', 0.01);
    const near = later('1.2.0', 0.001);
    const own = ckn('1.0.0');
    const trunkOf = (...common: (typeof own)[]) =>
      planAssembly({ common, factors: [factor('shape')], multipleTrunks: true }).factors[0]?.trunk;
    expect(trunkOf(far, near)).toBe(1);
    expect(trunkOf(near, far)).toBe(0);
    expect(trunkOf(far, near, own)).toBe(2);
  });

  it('names all of them to a factor that fits none', () => {
    const stranger = forCommon(factor('size'), '@scope/three');
    const request = { common: [one, two], factors: [ofOne, ofTwo, stranger], multipleTrunks: true };
    expect(only(request).message).toBe(
      '@scope/size@1.1.0 was made for @scope/three@^1.0.0, but is being assembled with @scope/one@1.2.0 and @scope/two@3.0.0.\n' +
        'Install the network it was made for and assemble with that one: npm install @scope/three@^1.0.0\n' +
        'Or run both: assemble([…], […], { multipleTrunks: true })',
    );
    expect(planAssembly(request).factors[2]?.trunk).toBeUndefined();
    // Of two, the one by the right name says more.
    const outdated = forCommon(factor('size', '^4.0.0'), '@scope/two');
    expect(only({ ...request, factors: [ofOne, ofTwo, outdated] })).toMatchObject({
      reason: 'range',
      offered: '@scope/two@3.0.0',
    });
  });

  it('says that they have to see the same pictures', () => {
    const small = withInput(two, [28, 28, 1]);
    const ofSmall = {
      ...ofTwo,
      manifest: {
        ...ofTwo.manifest,
        reads: [{ ...ofTwo.manifest.reads[0], shape: small.manifest.input.shape }],
      },
    };
    const conflict = only({
      common: [one, small],
      factors: [ofOne, ofSmall as typeof ofTwo],
      multipleTrunks: true,
    });
    expect(conflict.message).toBe(
      'The input of @scope/two@3.0.0 must have the shape [32, 32, 3], but came with [28, 28, 1].\n' +
        'One picture goes into all networks: assemble @scope/two@3.0.0 apart from @scope/one@1.2.0.',
    );
    expect(ShapeMismatchError.isInstance(conflictError(conflict))).toBe(true);
  });

  it('takes no task twice, whichever network it runs with', () => {
    const again = forCommon(factor('shape', '^3.0.0', digest('b')), '@scope/two');
    expect(only({ common: [one, two], factors: [ofOne, again], multipleTrunks: true })).toMatchObject({
      kind: 'duplicate-task',
    });
  });
});
