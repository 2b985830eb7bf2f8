import { type CommonNetwork, disposeBrick, type FactorNetwork, useBackend } from '@factornet/core';
import { HUE, SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { IncompatibleCommonError } from '@factornet/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommonRecord, FactorRecord } from '../sources';
import { conflictError } from './conflict';
import { ckn, digest, factor, only } from './fixtures';
import { planAssembly } from './plan-assembly';

const newer = <T extends CommonRecord | FactorRecord>(record: T): T =>
  ({ ...record, manifest: { spec: 2, kind: record.manifest.kind } }) as unknown as T;

describe('planAssembly', () => {
  it('adds up what an assembly takes', () => {
    const factors = [factor('shape'), factor('hue')];
    const cost = { bytes: 220, parameters: 50, multiplyAdds: 10_000 };
    expect(planAssembly({ common: ckn(), factors })).toEqual({
      trunks: [
        {
          name: '@scope/ckn',
          version: '1.2.0',
          bytes: 4010,
          parameters: 1000,
          multiplyAdds: 100_000,
          tasks: ['shape', 'hue'],
        },
      ],
      factors: [
        { task: 'shape', trunk: 0, name: '@scope/shape', version: '1.1.0', ...cost },
        { task: 'hue', trunk: 0, name: '@scope/hue', version: '1.1.0', ...cost },
      ],
      tasks: ['shape', 'hue'],
      bytes: 4450,
      parameters: 1100,
      multiplyAdds: 120_000,
      conflicts: [],
    });
    expect(planAssembly({ common: [ckn()], factors })).toEqual(planAssembly({ common: ckn(), factors }));
  });

  it('changes nothing it is given', () => {
    const freeze = <T extends object>(value: T): T => {
      for (const field of Object.values(value)) if (typeof field === 'object') freeze(field as object);
      return Object.freeze(value);
    };
    const request = freeze({ common: ckn('2.0.0'), factors: [factor('shape'), factor('shape')] });
    expect(planAssembly(request)).toEqual(planAssembly(request));
  });

  it('names a factor of another common-knowledge package', () => {
    expect(only({ common: ckn('1.0.0', '@other/trunk'), factors: [factor('shape')] })).toEqual({
      kind: 'incompatible-common',
      reason: 'name',
      factor: '@scope/shape@1.1.0',
      wanted: '@scope/ckn@^1.0.0',
      offered: '@other/trunk@1.0.0',
      install: 'npm install @scope/ckn@^1.0.0',
      hint: 'Install the network it was made for and assemble with that one: npm install @scope/ckn@^1.0.0',
      message:
        '@scope/shape@1.1.0 was made for @scope/ckn@^1.0.0, but is being assembled with @other/trunk@1.0.0.\n' +
        'Install the network it was made for and assemble with that one: npm install @scope/ckn@^1.0.0',
    });
  });

  it('names a version outside the range', () => {
    const conflict = only({ common: ckn('2.0.0'), factors: [factor('shape')] });
    expect(conflict).toMatchObject({ reason: 'range', install: 'npm install @scope/ckn@^1.0.0' });
    expect(conflict.message).toBe(
      '@scope/shape@1.1.0 was made for @scope/ckn@^1.0.0, but is being assembled with @scope/ckn@2.0.0.\n' +
        'Install a version that fits: npm install @scope/ckn@^1.0.0\n' +
        'Or look for a release of the factor that was made for @scope/ckn@2.0.0: npm install @scope/shape@latest',
    );
  });

  it('quotes a range that a shell would misread', () => {
    expect(only({ common: ckn('3.0.0'), factors: [factor('shape', '>=1 <3')] })).toMatchObject({
      install: "npm install '@scope/ckn@>=1 <3'",
    });
  });

  it('names another feature space behind the right name and version', () => {
    const conflict = only({ common: ckn(), factors: [factor('shape', '^1.0.0', digest('b'))] });
    expect(conflict).toMatchObject({ reason: 'representation' });
    expect(conflict.message).toBe(
      '@scope/shape@1.1.0 was made for @scope/ckn@^1.0.0, but is being assembled with @scope/ckn@1.2.0, ' +
        'whose feature space (representation digest) is a different one.\n' +
        'It needs the feature space sha512-bbbbbbbbbbbb…, and this is sha512-aaaaaaaaaaaa…. ' +
        'Install releases that belong together: npm install @scope/ckn@^1.0.0 @scope/shape@latest',
    );
  });

  it('names what a factor reads that is not offered, or of another shape, and chooses a network that offers it', () => {
    const reading = (from: string, shape: [number, number, number]): FactorRecord => {
      const one = factor('shape');
      const backbone = { name: 'tiny', options: {} };
      return { ...one, manifest: { ...one.manifest, reads: [{ from, shape, backbone }] } };
    };
    const offering = (common: CommonRecord): CommonRecord => ({
      ...common,
      manifest: { ...common.manifest, maps: [{ name: 'block-1', shape: [8, 8, 4] }] },
    });
    expect(planAssembly({ common: offering(ckn()), factors: [reading('block-1', [8, 8, 4])] })).toMatchObject(
      { conflicts: [], factors: [{ trunk: 0 }] },
    );
    for (const [from, shape] of [
      ['block-2', [8, 8, 4]],
      ['block-1', [4, 4, 4]],
      ['picture', [64, 64, 3]],
    ] as [string, [number, number, number]][]) {
      const conflict = only({ common: offering(ckn()), factors: [reading(from, shape)] });
      expect(conflict).toMatchObject({ kind: 'incompatible-common', reason: 'reads' });
      expect(conflict.message).toBe(
        '@scope/shape@1.1.0 was made for @scope/ckn@^1.0.0, but is being assembled with @scope/ckn@1.2.0.\n' +
          `It reads ${from} [${shape}], and this offers picture [32,32,3], block-1 [8,8,4]. ` +
          'Install releases that belong together: npm install @scope/ckn@^1.0.0 @scope/shape@latest',
      );
    }
    const common = [ckn('1.0.0'), offering(ckn('1.1.0'))];
    const plan = planAssembly({ common, factors: [reading('block-1', [8, 8, 4])], multipleTrunks: true });
    expect(plan.factors[0]?.trunk).toBe(1);
  });

  it('names every factor of a task that several solve', () => {
    const again = { ...factor('shape'), name: '@else/shape', version: '3.0.0' };
    expect(only({ common: ckn(), factors: [factor('shape'), factor('hue'), again] })).toEqual({
      kind: 'duplicate-task',
      task: 'shape',
      factors: ['@scope/shape@1.1.0', '@else/shape@3.0.0'],
      hint: 'Assemble one of them; to exchange it later: remove("shape"), then add(…).',
      message:
        'More than one factor is named "shape": "@scope/shape@1.1.0", "@else/shape@3.0.0".\n' +
        'Assemble one of them; to exchange it later: remove("shape"), then add(…).',
    });
  });

  it('names packages of a newer specification, and plans the rest', () => {
    const { conflicts, factors, tasks } = planAssembly({
      common: ckn(),
      factors: [factor('shape'), newer(factor('hue'))],
    });
    expect(tasks).toEqual(['shape']);
    expect(factors).toHaveLength(1);
    expect(conflicts.map(({ message }) => message)).toEqual([
      '@scope/hue@1.1.0 follows version 2 of the factornet specification; this release reads up to version 1.\n' +
        'Update the assembler: npm install @factornet/assembler@latest',
    ]);
    expect(only({ common: newer(ckn()), factors: [factor('shape')] })).toMatchObject({
      kind: 'newer-spec',
      source: '@scope/ckn@1.2.0',
    });
  });

  it('lists all conflicts at once', () => {
    const factors = [newer(factor('size')), factor('shape', '^3.0.0'), factor('hue'), factor('hue')];
    const { conflicts } = planAssembly({ common: ckn(), factors });
    expect(conflicts.map(({ kind }) => kind)).toEqual([
      'newer-spec',
      'incompatible-common',
      'duplicate-task',
    ]);
  });

  it('treats a pre-release, an invalid range and an invalid version as npm does', () => {
    const reasons = [
      [ckn('1.1.0-beta.1'), factor('shape')],
      [ckn(), factor('shape', 'not a range')],
      [ckn('one'), factor('shape')],
    ] as const;
    for (const [common, each] of reasons) {
      expect(only({ common, factors: [each] })).toMatchObject({ reason: 'range' });
    }
  });
});

describe('conflictError', () => {
  it('words the error as the conflict', () => {
    const conflict = only({ common: ckn('2.0.0'), factors: [factor('shape')] });
    const error = conflictError(conflict);
    expect(IncompatibleCommonError.isInstance(error)).toBe(true);
    expect(error.message).toBe(conflict.message);
    expect(error).toMatchObject({
      reason: 'range',
      factor: '@scope/shape@1.1.0',
      offered: '@scope/ckn@2.0.0',
    });
  });
});

describe('planAssembly of networks in memory', () => {
  let common: CommonNetwork;
  let factors: FactorNetwork[];
  beforeAll(async () => {
    await useBackend('cpu');
    common = await tinyCommon();
    factors = [tinyFactor(common, SHAPE), tinyFactor(common, HUE)];
  });
  afterAll(() => [common, ...factors].forEach(disposeBrick));

  it('needs no name or version', () => {
    const plan = planAssembly({ common, factors });
    expect(plan).toMatchObject({ tasks: ['shape', 'object-hue'], bytes: 0, conflicts: [] });
    expect(plan.trunks).toEqual([
      {
        name: undefined,
        version: undefined,
        bytes: 0,
        parameters: common.network.countParams(),
        multiplyAdds: undefined,
        tasks: ['shape', 'object-hue'],
      },
    ]);
  });

  it('checks packages against them by representation alone', () => {
    const { representation } = common.description;
    expect(planAssembly({ common, factors: [factor('size', '^9.0.0', representation)] }).conflicts).toEqual(
      [],
    );
    expect(planAssembly({ common: ckn('1.0.0', 'x', representation), factors }).conflicts).toEqual([]);
    expect(only({ common, factors: [factor('size')] })).toMatchObject({ reason: 'representation' });
    expect(only({ common: ckn(), factors: factors.slice(1) })).toMatchObject({
      reason: 'representation',
      factor: 'the factor object-hue in memory',
      offered: '@scope/ckn@1.2.0',
    });
  });
});
