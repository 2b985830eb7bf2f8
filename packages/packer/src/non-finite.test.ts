import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { modelDigest } from '@factornet/core/training';
import { fill, type LayersModel, tidy, zeros } from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packCommon } from './pack-common';
import { packFactor } from './pack-factor';
import { INPUT, SHAPE, tinyCommon, tinyFactor } from './testing';

let folder: string;
beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-non-finite-'));
});
afterAll(() => rm(folder, { recursive: true }));

function setAll(model: LayersModel, layer: string, kernel: number): void {
  tidy(() => {
    const found = model.getLayer(layer);
    const [first, ...rest] = found.getWeights();
    if (first === undefined) return;
    found.setWeights([fill(first.shape, kernel), ...rest.map(({ shape }) => zeros(shape))]);
  });
}

it('packs no network that overflows, though not on the pictures that its author chose', async () => {
  const common = await tinyCommon();
  setAll(common.network, 'common-convolution', 3e37);
  const description = { ...common.description, representation: await modelDigest(common.network) };
  const probes = new Uint8Array(2 * 32 * 32 * 3);
  expect(probes.length % INPUT.shape.reduce((size, axis) => size * axis)).toBe(0);
  const directory = join(folder, 'ckn');
  const options = { name: '@scope/ckn', version: '1.0.0', directory, probes };
  await expect(packCommon({ ...common, description }, options)).rejects.toMatchObject({
    code: 'non-finite-output',
    source: '@scope/ckn',
    picture: 1,
  });
  expect(await readdir(folder)).toEqual([]);
  disposeBrick(common);
});

it('packs no factor that overflows', async () => {
  const common = await tinyCommon();
  const factor = tinyFactor(common, SHAPE);
  setAll(factor.head, 'logits', 3e38);
  const reference = { name: '@scope/ckn', version: '1.0.0', network: common };
  const options = { name: '@scope/shape', version: '1.0.0', directory: join(folder, 'shape') };
  await expect(packFactor(factor, { ...options, common: reference })).rejects.toMatchObject({
    code: 'non-finite-output',
    source: '@scope/shape',
  });
  expect(await readdir(folder)).toEqual([]);
  for (const brick of [common, factor]) disposeBrick(brick);
});
