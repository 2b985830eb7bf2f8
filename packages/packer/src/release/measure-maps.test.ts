import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommonNetwork, disposeBrick, useBackend } from '@factornet/core';
import { decodeProbes, probeLayout } from '@factornet/core/probes';
import { expectCloseArrays } from '@factornet/core/testing';
import { decodeModel, encodeModel, modelDigest } from '@factornet/core/training';
import type { CommonDescription } from '@factornet/spec';
import { dispose, type Tensor, tensor4d, tidy } from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PackedCommon, packCommon } from '../pack-common';
import { packFactor } from '../pack-factor';
import { commonWithMaps, readingFactor, SHAPE } from '../testing';
import { measureVersion } from './measure-version';

let folder: string;
let common: CommonNetwork;
let published: PackedCommon;
const networks: CommonNetwork[] = [];
const at = (name: string) => ({ name: `@scope/${name}`, version: '1.0.0', directory: join(folder, name) });

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-measure-maps-'));
  common = await commonWithMaps();
  networks.push(common);
  published = await packCommon(common, at('ckn'));
});
afterAll(async () => {
  for (const network of networks) disposeBrick(network);
  await rm(folder, { recursive: true, force: true });
});

/**
 * The network with its first map times a factor, and nothing else: what follows the map divides by it, and relu lets
 * positive factors through.
 */
async function withFirstMapTimes(factor: number): Promise<CommonNetwork> {
  const network = await decodeModel(await encodeModel(common.network, 'weights.bin'));
  for (const [name, times] of [
    ['common/one', factor],
    ['common/two', 1 / factor],
  ] as const) {
    const layer = network.getLayer(name);
    const scaled = tidy(() => {
      const [kernel, bias] = layer.getWeights() as [Tensor, Tensor];
      return [kernel.mul(times), bias];
    });
    layer.setWeights(scaled);
    dispose(scaled.slice(0, 1));
  }
  const made = {
    ...common,
    network,
    description: { ...common.description, representation: await modelDigest(network) },
  };
  networks.push(made);
  return made;
}

it.each([
  [1.01, 'minor'],
  [1.05, 'major'],
] as const)('counts a map that moved by a factor of %d, where z did not, as %s', async (factor, measured) => {
  const version = await measureVersion(await withFirstMapTimes(factor), published);
  expect(version.measured).toBe(measured);
  expectCloseArrays([version.drift], [factor - 1], { absolute: 1e-4 });
});

it.each<[string, (maps: CommonDescription['maps']) => CommonDescription['maps']]>([
  ['renamed', ([first, ...rest]) => [{ name: 'other', shape: first?.shape ?? [1, 1, 1] }, ...rest]],
  ['in another order', (maps) => [...maps].reverse()],
  ['gone', (maps) => maps.slice(0, 1)],
  ['of another shape', ([first, ...rest]) => [{ name: first?.name ?? '', shape: [4, 4, 16] }, ...rest]],
])('calls maps that are %s a major', async (_, change) => {
  const { description } = common;
  const changed = { ...common, description: { ...description, maps: change(description.maps) } };
  expect((await measureVersion(changed, published)).measured).toBe('major');
});

it('keeps z and the maps that a factor reads in its probes, as the published network gives them', async () => {
  const narrowed = await packCommon(common, { ...at('narrowed'), dtype: 'float16' });
  expect(narrowed.manifest.narrowing?.drift).toBeGreaterThan(0);
  const factor = readingFactor(common, SHAPE, ['block-2', 'picture', 'block-1']);
  const { manifest, directory } = await packFactor(factor, { ...at('shape'), common: published });
  const bytes = new Uint8Array(await readFile(join(directory, 'probes.bin')));
  const layout = probeLayout(manifest);
  expect(layout.offered).toEqual([6, 4 * 4 * 5, 8 * 8 * 4]);
  const { pictures, features, count } = decodeProbes(bytes, layout, 'probes.bin');
  const { mean, standardDeviation } = common.description.input.normalization;
  const expected = tidy(() => {
    const values = Float32Array.from(pictures, (value, index) => {
      return (value / 255 - (mean[index % 3] as number)) / (standardDeviation[index % 3] as number);
    });
    const [z, one, two] = common.network.predict(tensor4d(values, [count, 16, 16, 3])) as Tensor[];
    const flat = [z, two, one].map((each) => (each as Tensor).reshape([count, -1]));
    return (flat[0] as Tensor).concat(flat.slice(1), 1);
  });
  expectCloseArrays(features, await expected.data(), { absolute: 1e-4 });
  expected.dispose();
  disposeBrick(factor);
});
