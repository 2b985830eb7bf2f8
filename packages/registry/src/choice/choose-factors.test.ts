import { planAssembly } from '@factornet/assembler';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublishedCommon, isPublishedFactor, type PublishedPackage } from '../packages/published-package';
import { digest, sampleCommon, sampleFactor } from '../testing/sample-packages';
import { chooseFactors } from './choose-factors';

const ckn = sampleCommon({ bytes: 1000 });
const good = sampleFactor('shape', { name: '@me/good', accuracy: 0.9, bytes: 900 });
const small = sampleFactor('shape', { name: '@me/small', accuracy: 0.8, bytes: 300 });
const hue = sampleFactor('hue', { accuracy: 0.7, bytes: 400 });
const named = (request: Parameters<typeof chooseFactors>[0]) => {
  const { choice } = chooseFactors(request);
  return choice && [choice.common, ...choice.factors].map(({ name, version }) => `${name}@${version}`);
};

describe('chooseFactors', () => {
  it('names what is no list of names of tasks', () => {
    const choose = (tasks: unknown) => () =>
      chooseFactors({ candidates: [ckn, good], tasks: tasks as string[] });
    expect(choose('shape')).toThrow(expect.objectContaining({ code: 'invalid-option', option: 'tasks' }));
    expect(choose(['shape', { name: 'hue' }])).toThrow(expect.objectContaining({ option: 'tasks[1]' }));
  });

  it('takes the best within the budget, and says what it takes', () => {
    const candidates = [hue, small, ckn, good];
    const tasks = ['shape', 'hue'];
    expect(named({ candidates, tasks })).toEqual(['@me/ckn@1.0.0', '@me/good@1.0.0', '@me/hue@1.0.0']);
    expect(named({ candidates, tasks, maxBytes: 2300 })).toContain('@me/good@1.0.0');
    const { choice } = chooseFactors({ candidates, tasks, maxBytes: 2299 });
    expect(choice?.factors).toEqual([small, hue]);
    expect(choice?.accuracy).toBeCloseTo(0.75, 12);
    expect(choice?.plan).toEqual(planAssembly({ common: ckn, factors: [small, hue] }));
    expect(choice?.plan).toMatchObject({ bytes: 1700, multiplyAdds: 1200, conflicts: [] });
  });

  it('prefers fewer bytes, then fewer multiply-adds, then the newer network, of equal accuracy', () => {
    const shape = (name: string, bytes: number, multiplyAdds: number) =>
      sampleFactor('shape', { name, accuracy: 0.9, bytes, multiplyAdds });
    const newer = sampleCommon({ version: '1.1.0', bytes: 1000 });
    const candidates = [ckn, newer, shape('a', 500, 1), shape('b', 400, 7), shape('c', 400, 6)];
    expect(named({ candidates, tasks: ['shape'] })).toEqual(['@me/ckn@1.1.0', 'c@1.0.0']);
  });

  it('compares what narrowed weights were measured to reach', () => {
    const narrowed = sampleFactor('shape', { name: '@me/narrow', accuracy: 0.95 });
    const accuracy = { before: 0.95, after: 0.5, examples: 100, data: 'shapes' };
    const manifest = { ...narrowed.manifest, narrowing: { dtype: 'uint8' as const, drift: 0.01, accuracy } };
    expect(named({ candidates: [ckn, small, { ...narrowed, manifest }], tasks: ['shape'] })).toContain(
      '@me/small@1.0.0',
    );
  });

  it('ranks a factor that states no accuracy last, and states none for the whole', () => {
    const silent = sampleFactor('shape', { name: '@me/silent', bytes: 200 });
    expect(named({ candidates: [ckn, silent, small], tasks: ['shape'] })).toContain('@me/small@1.0.0');
    expect(chooseFactors({ candidates: [ckn, silent], tasks: ['shape'] }).choice?.accuracy).toBeUndefined();
  });

  it('never takes what does not fit, or was deprecated', () => {
    const tasks = ['shape'];
    const other = sampleCommon({ name: '@you/ckn', bytes: 10 });
    const ranged = sampleFactor('shape', { name: '@me/ranged', range: '^2.0.0', accuracy: 1 });
    const spaced = sampleFactor('shape', { name: '@me/spaced', representation: digest('z'), accuracy: 1 });
    const old = sampleFactor('shape', { name: '@me/old', accuracy: 1, deprecated: 'broken' });
    const candidates = [other, ckn, ranged, spaced, old, small];
    expect(named({ candidates, tasks })).toEqual(['@me/ckn@1.0.0', '@me/small@1.0.0']);
    const standsIn = sampleCommon({
      version: '1.3.0',
      representation: digest('y'),
      compatible: [digest('z')],
    });
    expect(named({ candidates: [...candidates, standsIn], tasks })).toEqual([
      '@me/ckn@1.3.0',
      '@me/spaced@1.0.0',
    ]);
  });

  it('says which task nobody does', () => {
    expect(chooseFactors({ candidates: [ckn, small, hue], tasks: ['shape', 'age'] }).reasons).toEqual([
      'no candidate does "age"; there is "hue", "shape"',
    ]);
    expect(chooseFactors({ candidates: [], tasks: ['age'] }).reasons).toEqual([
      'no candidate does "age"; there is none',
    ]);
  });

  it('says which tasks nobody does together', () => {
    const foreign = sampleFactor('hue', { common: '@you/ckn' });
    const lonely = sampleFactor('hue', { name: '@them/hue', common: '@them/ckn' });
    const candidates = [ckn, sampleCommon({ name: '@you/ckn' }), small, foreign, lonely];
    expect(chooseFactors({ candidates, tasks: ['shape', 'hue'] }).reasons).toEqual([
      '@me/ckn@1.0.0 has no factor for "hue" that fits it',
      '@you/ckn@1.0.0 has no factor for "shape" that fits it',
      'no version of @them/ckn is among the candidates',
    ]);
  });

  it('says how small it can get', () => {
    const candidates = [ckn, sampleCommon({ version: '1.1.0', bytes: 900 }), good, small, hue];
    expect(chooseFactors({ candidates, tasks: ['hue', 'shape'], maxBytes: 1500 }).reasons).toEqual([
      'the smallest choice has 1600 bytes, more than 1500: @me/ckn@1.1.0, @me/hue@1.0.0, @me/small@1.0.0',
    ]);
  });
});

// Few values of each, so that ties, misfits and tight budgets are common.
const version = fc.constantFrom('1.0.0', '1.1.0', '2.0.0');
const range = fc.constantFrom('^1.0.0', '^1.1.0', '^2.0.0', '*');
const letter = fc.constantFrom('a', 'b').map(digest);
const amount = fc.integer({ min: 3, max: 9 }).map((hundreds) => hundreds * 100);
const commonName = fc.constantFrom('@me/ckn', '@you/ckn');
const commons = fc.record({
  version,
  name: commonName,
  representation: letter,
  compatible: fc.subarray([digest('a'), digest('b')]),
  bytes: amount,
  multiplyAdds: amount,
});
const factors = fc.record({
  task: fc.constantFrom('shape', 'hue', 'size'),
  name: fc.constantFrom('@a/x', '@b/x', '@c/x'),
  common: commonName,
  range,
  representation: letter,
  accuracy: fc.constantFrom(0, 0.1, 0.2, 0.3, 0.7),
  bytes: amount,
  multiplyAdds: amount,
});

/** Every set of one network and one factor per task, held against the budget one by one. */
function bruteForce(candidates: readonly PublishedPackage[], tasks: readonly string[], maxBytes: number) {
  let best: [accuracy: number, bytes: number, multiplyAdds: number] | undefined;
  for (const common of candidates.filter(isPublishedCommon)) {
    let sets: PublishedPackage[][] = [[]];
    for (const task of tasks) {
      const able = candidates.filter(isPublishedFactor).filter(({ manifest }) => manifest.task.name === task);
      sets = sets.flatMap((set) => able.map((factor) => [...set, factor]));
    }
    for (const set of sets.map((each) => each.filter(isPublishedFactor))) {
      const { conflicts, bytes, multiplyAdds = 0 } = planAssembly({ common, factors: set });
      if (conflicts.length > 0 || bytes > maxBytes) continue;
      const tenths = set.reduce(
        (sum, { manifest }) => sum + Math.round((manifest.report.accuracy ?? 0) * 10),
        0,
      );
      const found: typeof best = [tenths, bytes, multiplyAdds];
      const order = best && (best[0] - found[0] || found[1] - best[1] || found[2] - best[2]);
      if (order === undefined || order < 0) best = found;
    }
  }
  return best;
}

it('chooses what trying everything chooses', () => {
  let possible = 0;
  fc.assert(
    fc.property(
      fc.array(commons, { maxLength: 4 }),
      fc.array(factors, { maxLength: 12 }),
      fc.subarray(['shape', 'hue', 'size'], { minLength: 1 }),
      fc.integer({ min: 600, max: 4000 }),
      (networks, heads, tasks, maxBytes) => {
        const candidates = [
          ...networks.map(sampleCommon),
          ...heads.map(({ task, ...rest }) => sampleFactor(task, rest)),
        ];
        const expected = bruteForce(candidates, tasks, maxBytes);
        const { choice, reasons } = chooseFactors({ candidates, tasks, maxBytes });
        if (expected === undefined) {
          expect(choice).toBeUndefined();
          expect(reasons?.length).toBeGreaterThan(0);
          return;
        }
        possible++;
        const { plan, accuracy, factors: chosen } = choice as NonNullable<typeof choice>;
        expect(plan.conflicts).toEqual([]);
        expect(chosen.map(({ manifest }) => manifest.task.name)).toEqual(tasks);
        expect([Math.round((accuracy ?? 0) * tasks.length * 10), plan.bytes, plan.multiplyAdds]).toEqual(
          expected,
        );
      },
    ),
    { numRuns: 500, seed: 4 },
  );
  expect(possible).toBeGreaterThan(50);
});
