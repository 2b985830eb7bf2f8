import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommonNetwork, disposeBrick, useBackend } from '@factornet/core';
import { modelDigest } from '@factornet/core/training';
import { PackageTooLargeError } from '@factornet/spec/publishing';
import { layers, sequential } from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packCommon } from './pack-common';
import { probePictures } from './probes/probe-pictures';
import { INPUT, tinyCommon } from './testing';

let folder: string;
let wide: CommonNetwork;

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-pack-large-'));
  const common = await tinyCommon();
  const network = sequential({
    name: 'wide',
    layers: [
      layers.flatten({ inputShape: INPUT.shape, name: 'flatten' }),
      layers.dense({ units: 4200, name: 'features', kernelInitializer: 'ones' }),
    ],
  });
  const description = {
    ...common.description,
    features: { shape: [4200] as [number] },
    parameters: network.countParams(),
    representation: await modelDigest(network),
  };
  wide = { kind: 'common', network, description };
  disposeBrick(common);
});
afterAll(async () => {
  disposeBrick(wide);
  await rm(folder, { recursive: true, force: true });
});

it('packages above 50 MB are refused, unless fewer bits make them fit or they are forced', async () => {
  const options = {
    name: '@scope/wide',
    version: '1.0.0',
    directory: join(folder, 'wide'),
    probes: probePictures(INPUT, 1),
  };
  const packing = packCommon(wide, options);
  await expect(packing).rejects.toSatisfy(PackageTooLargeError.isInstance);
  await expect(packing).rejects.toThrow(
    /^@scope\/wide@1\.0\.0 has 51\d{6} bytes, more than the 50000000 that a package may have\.\nStore weights as float16 or uint8/,
  );
  expect(await readdir(folder)).toEqual([]);
  const narrow = await packCommon(wide, { ...options, dtype: 'float16' });
  expect(narrow.manifest.model.weights.bytes).toBe((3072 + 1) * 4200 * 2);
  const forced = await packCommon(wide, { ...options, force: true });
  expect(forced.manifest.model.weights.bytes).toBe((3072 + 1) * 4200 * 4);
});
