import { planAssembly } from '@factornet/assembler';
import { type CommonPackage, type FactorPackage, InvalidOptionError } from '@factornet/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PublishedCommon, PublishedFactor, PublishedPackage } from '../packages/published-package';
import { digest, sampleCommon, sampleFactor } from '../testing/sample-packages';
import type { AdditionRequest } from './addition-plan';
import { planAddition } from './plan-addition';

/** A project that has these, all of them listed in its `package.json`. */
function project(...packages: readonly PublishedPackage[]): AdditionRequest['installed'] {
  const there = packages.map(({ name, version, manifest }) => ({ name, version, manifest, files: {} }));
  return {
    dependencies: packages.map(({ name }) => name),
    commons: there.filter(({ manifest }) => manifest.kind === 'common') as unknown as CommonPackage[],
    factors: there.filter(({ manifest }) => manifest.kind === 'factor') as unknown as FactorPackage[],
  };
}

const ckn = sampleCommon();
const [ckn11, ckn2] = [
  sampleCommon({ version: '1.1.0' }),
  sampleCommon({ version: '2.0.0', representation: digest('b') }),
];
const shape = sampleFactor('shape', { accuracy: 0.9 });
const hue = sampleFactor('hue');
const hue2 = sampleFactor('hue', { version: '2.0.0', range: '^2.0.0', representation: digest('b') });
const published = [ckn, ckn11, ckn2];

describe('planAddition', () => {
  it('installs factors with the highest common network that suits them all, into an empty project', () => {
    const plan = planAddition({ installed: project(), wanted: [shape, hue], published });
    expect(plan).toMatchObject({
      install: ['@me/ckn@1.1.0', '@me/shape@1.0.0', '@me/hue@1.0.0'],
      tasksGained: ['shape', 'hue'],
      bytes: 4800,
      parameters: 1100,
      multiplyAdds: 1200,
      downloadBytes: 5000 + 2 * 1400,
      conflicts: [],
    });
    expect(plan.packages[1]).toEqual({
      kind: 'factor',
      name: '@me/shape',
      version: '1.0.0',
      step: 'install',
      from: undefined,
      specifier: '@me/shape@1.0.0',
      task: 'shape',
      needs: '@me/ckn@^1.0.0',
      bytes: 400,
      parameters: 50,
      multiplyAdds: 100,
      downloadBytes: 1400,
      accuracy: 0.9,
      deprecated: undefined,
      manifest: shape.manifest,
    });
  });

  it('keeps an installed common network that suits, and downloads only what is not there', () => {
    const plan = planAddition({ installed: project(ckn, shape), wanted: [shape, hue], published });
    expect(plan.packages.map(({ name, step }) => `${step} ${name}`)).toEqual([
      'present @me/ckn',
      'present @me/shape',
      'install @me/hue',
    ]);
    expect(plan).toMatchObject({ install: ['@me/hue@1.0.0'], tasksGained: ['hue'], downloadBytes: 1400 });
  });

  it('lists a common network that came along as a peer', () => {
    const installed = { ...project(ckn, shape), dependencies: ['@me/shape'] };
    expect(planAddition({ installed, wanted: [hue], published })).toMatchObject({
      install: ['@me/ckn@1.0.0', '@me/hue@1.0.0'],
      downloadBytes: 1400,
    });
  });

  it('updates the common network if a newer one suits all, and the tarball is what is downloaded', () => {
    const needs11 = sampleFactor('hue', { range: '^1.1.0' });
    const packed = { ...ckn11, tarballBytes: 77 };
    const plan = planAddition({
      installed: project(ckn, shape),
      wanted: [needs11],
      published: [ckn, packed],
    });
    expect(plan.packages[0]).toMatchObject({
      step: 'update',
      from: '1.0.0',
      version: '1.1.0',
      downloadBytes: 77,
    });
    expect(plan.conflicts).toEqual([]);
  });

  it('takes a later feature space that stands in for the one a factor was trained with', () => {
    const later = sampleCommon({ version: '1.2.0', representation: digest('c'), compatible: [digest('a')] });
    const drifted = sampleCommon({ version: '1.3.0', representation: digest('d') });
    const plan = planAddition({ installed: project(), wanted: [shape], published: [drifted, later, ckn] });
    expect(plan.install).toEqual(['@me/ckn@1.2.0', '@me/shape@1.0.0']);
  });

  it('takes a deprecated common network only if no other suits, and says so', () => {
    const old = sampleCommon({ version: '1.9.0', deprecated: 'wrong colours' });
    expect(planAddition({ installed: project(), wanted: [shape], published: [old, ckn] }).install[0]).toBe(
      '@me/ckn@1.0.0',
    );
    const plan = planAddition({ installed: project(), wanted: [shape], published: [old] });
    expect(plan.packages[0]).toMatchObject({ version: '1.9.0', deprecated: 'wrong colours' });
  });

  it('exchanges a factor for another version of it, its task included', () => {
    const newer = sampleFactor('shape', { version: '1.5.0' });
    const plan = planAddition({ installed: project(ckn, shape), wanted: [newer], published });
    expect(plan).toMatchObject({ install: ['@me/shape@1.5.0'], tasksGained: [], conflicts: [] });
    expect(plan.packages[1]).toMatchObject({ step: 'update', from: '1.0.0' });
  });

  it('moves a whole project to another major at once', () => {
    const shape2 = sampleFactor('shape', { version: '2.0.0', range: '^2.0.0', representation: digest('b') });
    const installed = project(ckn, shape, hue);
    expect(planAddition({ installed, wanted: [shape2, hue2], published })).toMatchObject({
      install: ['@me/ckn@2.0.0', '@me/shape@2.0.0', '@me/hue@2.0.0'],
      conflicts: [],
    });
  });

  it('adds a common network by itself, and names what it would break', () => {
    expect(planAddition({ installed: project(), wanted: [ckn2], published: [] })).toMatchObject({
      install: ['@me/ckn@2.0.0'],
      tasksGained: [],
      conflicts: [],
    });
    const { conflicts } = planAddition({ installed: project(ckn, shape), wanted: [ckn2], published: [] });
    expect(conflicts).toMatchObject([
      { kind: 'incompatible-common', factor: '@me/shape@1.0.0', offered: '@me/ckn@2.0.0', reason: 'range' },
    ]);
  });

  it('refuses two factors that want different majors, and says who wants what', () => {
    const { conflicts } = planAddition({ installed: project(), wanted: [shape, hue2], published });
    expect(conflicts.map(({ message }) => message)).toEqual([
      '@me/shape@1.0.0 was made for @me/ckn@^1.0.0, but is being assembled with @me/ckn@2.0.0, which suits ' +
        '@me/hue@2.0.0.\nNo version of @me/ckn suits them all (there is 2.0.0, 1.1.0, 1.0.0). Look for ' +
        'releases that were made for one version: factornet plan --tasks shape,hue @me/shape @me/hue',
    ]);
  });

  it('refuses a factor that does not go with the installed common network, which others need', () => {
    const { conflicts } = planAddition({ installed: project(ckn, shape), wanted: [hue2], published });
    expect(conflicts).toMatchObject([
      {
        factor: '@me/hue@2.0.0',
        wanted: '@me/ckn@^2.0.0',
        offered: '@me/ckn@1.0.0, which suits @me/shape@1.0.0',
        reason: 'range',
      },
    ]);
  });

  it('refuses a second factor for a task', () => {
    const other = sampleFactor('shape', { name: '@you/shape' });
    const { conflicts } = planAddition({ installed: project(ckn, shape), wanted: [other], published });
    expect(conflicts).toMatchObject([
      { kind: 'duplicate-task', task: 'shape', factors: ['@me/shape@1.0.0', '@you/shape@1.0.0'] },
    ]);
    // What is wrong already is not this addition's fault.
    const twice = project(ckn, shape, other);
    expect(planAddition({ installed: twice, wanted: [hue], published }).conflicts).toEqual([]);
  });

  it('refuses a factor of which no common network is published', () => {
    const { conflicts, packages } = planAddition({ installed: project(), wanted: [shape], published: [] });
    expect(conflicts).toMatchObject([{ kind: 'incompatible-common', offered: 'no published version of it' }]);
    expect(packages.map(({ name }) => name)).toEqual(['@me/shape']);
  });

  it('plans several common networks side by side', () => {
    const foreign = sampleFactor('age', { common: '@you/ckn' });
    const wanted = [shape, foreign];
    const plan = planAddition({
      installed: project(),
      wanted,
      published: [ckn, sampleCommon({ name: '@you/ckn' })],
    });
    expect(plan.install).toEqual(['@me/ckn@1.0.0', '@me/shape@1.0.0', '@you/ckn@1.0.0', '@me/age@1.0.0']);
    expect(plan.conflicts).toEqual([]);
  });

  it('installs from where a package was named', () => {
    const local = { ...shape, specifier: '/packages/shape' };
    const again = { ...local, manifest: { ...shape.manifest, parameters: 51 } };
    expect(planAddition({ installed: project(ckn), wanted: [local], published }).install).toEqual([
      '/packages/shape',
    ]);
    const plan = planAddition({ installed: project(ckn, shape), wanted: [again], published });
    expect(plan.install).toEqual(['/packages/shape']);
  });

  it('refuses two versions of one package', () => {
    const wanted = [hue, hue2];
    expect(() => planAddition({ installed: project(), wanted, published })).toThrow(InvalidOptionError);
  });
});

const letter = fc.constantFrom('a', 'b').map(digest);
const commons = fc.uniqueArray(
  fc.record({
    version: fc.constantFrom('1.0.0', '1.1.0', '1.2.0', '2.0.0', '2.1.0'),
    name: fc.constantFrom('@me/ckn', '@you/ckn'),
    representation: letter,
    compatible: fc.subarray([digest('a'), digest('b')]),
  }),
  { maxLength: 6, selector: ({ name, version }) => `${name}@${version}` },
);
const factors = (maxLength: number) =>
  fc.uniqueArray(
    fc.record({
      task: fc.constantFrom('shape', 'hue', 'size', 'age'),
      name: fc.constantFrom('@me/a', '@me/b', '@me/c', '@me/d', '@me/e'),
      common: fc.constantFrom('@me/ckn', '@me/ckn', '@you/ckn'),
      range: fc.constantFrom('^1.0.0', '^1.1.0', '^2.0.0', '*'),
      representation: letter,
    }),
    { maxLength, selector: ({ name }) => name },
  );
const made = (samples: readonly ({ task: string } & Parameters<typeof sampleFactor>[1])[]) =>
  samples.map(({ task, ...rest }) => sampleFactor(task, rest));

it('never plans what planAssembly calls conflicting, and refuses nothing that it would take', () => {
  let [planned, refused] = [0, 0];
  const property = fc.property(commons, factors(3), factors(3), fc.nat(5), (networks, old, fresh, pick) => {
    const versions = networks.map((each) => sampleCommon(each));
    const own = versions[pick];
    // A project that works: factors that fit its network, one per task.
    const there = made(old).filter(
      (factor, index, all) =>
        own !== undefined &&
        planAssembly({ common: own, factors: [factor] }).conflicts.length === 0 &&
        all.findIndex(({ manifest }) => manifest.task.name === factor.manifest.task.name) === index,
    );
    const wanted = made(fresh);
    const installed = project(...(own === undefined ? [] : [own]), ...there);
    const plan = planAddition({ installed, wanted, published: versions });
    for (const name of new Set(wanted.map(({ manifest }) => manifest.common.name))) {
      const result = after(name, there, wanted);
      const fits = (common: PublishedCommon) =>
        planAssembly({ common, factors: result }).conflicts.length === 0;
      const anyFits = versions.some((each) => each.name === name && fits(each));
      const chosen = plan.packages.find((each) => each.name === name);
      const common = versions.find((each) => each.name === name && each.version === chosen?.version);
      const clear = !plan.conflicts.some(
        (conflict) => JSON.stringify(conflict).includes(`${name}@`) || concerns(conflict, result),
      );
      expect(clear).toBe(anyFits);
      if (clear) {
        expect(fits(common as PublishedCommon)).toBe(true);
        planned++;
      } else refused++;
    }
  });
  fc.assert(property, { numRuns: 500, seed: 4 });
  expect(Math.min(planned, refused)).toBeGreaterThan(50);
});

/** What the project has for one common network afterwards. */
function after(name: string, there: readonly PublishedFactor[], wanted: readonly PublishedFactor[]) {
  const kept = there.filter((factor) => !wanted.some((each) => each.name === factor.name));
  return [...kept, ...wanted].filter(({ manifest }) => manifest.common.name === name);
}

function concerns(conflict: object, factors: readonly PublishedFactor[]): boolean {
  return (
    'factors' in conflict &&
    factors.some(({ name, version }) => (conflict.factors as string[]).includes(`${name}@${version}`))
  );
}
