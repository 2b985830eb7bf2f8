import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommonNetwork, disposeBrick, type FactorNetwork, useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { labelFor, shapes } from '@factornet/data';
import { scaledCommon, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { CancelledError, ShapeMismatchError } from '@factornet/spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packCommonNetwork, packFactorization } from './pack-factorization';
import { packFactors } from './pack-factors';
import { probesFrom } from './probe-pictures';

const data = shapes({ size: 24, seed: 1 });
const size = data.tasks.find(({ name }) => name === 'size') as (typeof data.tasks)[number];
const shape = data.tasks.find(({ name }) => name === 'shape') as (typeof data.tasks)[number];

let folder: string;
let common: CommonNetwork;
let factors: Record<string, FactorNetwork>;
beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-pipeline-'));
  common = await tinyCommon();
  factors = { size: tinyFactor(common, size), shape: tinyFactor(common, shape, 20) };
});
afterAll(async () => {
  for (const brick of [common, ...Object.values(factors)]) disposeBrick(brick);
  await rm(folder, { recursive: true });
});

const options = (name: string) => ({
  directory: join(folder, name),
  nameOf: (part: string) => `@me/tiny-${part}`,
});

it('packs everything under its name, and says what narrowing cost on given pictures', async () => {
  const events: number[] = [];
  const packed = await packFactorization(
    { common, factors },
    {
      ...options('narrowed'),
      about: { license: 'MIT', repository: 'github:me/tiny' },
      dtype: 'float16',
      probes: await probesFrom(data, common.description.input),
      measureOn: labelFor([size, shape], data),
      onProgress: (event) => event.type === 'advance' && events.push(event.done),
    },
  );
  const all = [packed.common, ...packed.factors];
  expect(all.map(({ name }) => name)).toEqual(['@me/tiny-common', '@me/tiny-size', '@me/tiny-shape']);
  expect(all.map(({ directory }) => directory)).toEqual(
    ['common', 'size', 'shape'].map((part) => join(folder, 'narrowed', `tiny-${part}`)),
  );
  for (const { version, manifest } of all) {
    expect(version).toBe('1.0.0');
    expect(manifest.narrowing?.dtype).toBe('float16');
  }
  // The common networks run once for all factors.
  expect(events).toEqual([24, 24, 24]);
  for (const { manifest } of packed.factors) {
    expect(manifest.narrowing?.accuracy).toMatchObject({ examples: 24, data: data.name });
  }
});

it('lets factors take the version that was measured for their common network', async () => {
  const previous = await packCommonNetwork(common, options('before'));
  const moved = await scaledCommon(common, 1.01);
  const after = { common: moved, factors: {} };
  const { common: packed } = await packFactorization(after, { ...options('after'), previous });
  expect(packed).toMatchObject({ version: '1.1.0', measured: { measured: 'minor' } });
  const same = await packFactorization({ common, factors }, { ...options('same'), previous });
  expect(same.factors.map(({ version }) => version)).toEqual(['1.0.1', '1.0.1']);
  disposeBrick(moved);
});

it('packs single factors for a package, measured with its own weights, and leaves nothing behind', async () => {
  const trunk = await packCommonNetwork(common, options('single'));
  const one = { size: factors.size as FactorNetwork };
  const request = { ...options('single'), common: trunk, commonRange: '1.x', dtype: 'uint8' as const };
  const pack = () => packFactors(one, { ...request, measureOn: data });
  await expectNoLeak(pack);
  const [packed] = await pack();
  expect(packed?.manifest.common.range).toBe('1.x');
  expect(packed?.manifest.narrowing?.accuracy?.examples).toBe(24);
  const cancelled = packFactors(one, { ...request, measureOn: data, signal: AbortSignal.abort() });
  await expect(cancelled).rejects.toThrow(CancelledError);
});

it('refuses pictures of another size, to measure on and as probes', async () => {
  const smaller = shapes({ size: 8, seed: 1, imageSize: 20 });
  const request = { ...options('refused'), dtype: 'float16' as const, measureOn: smaller };
  await expect(packFactorization({ common, factors }, request)).rejects.toThrow(ShapeMismatchError);
  await expect(probesFrom(smaller, common.description.input)).rejects.toThrow(ShapeMismatchError);
});
