import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  add,
  type CommonNetwork,
  disposeBrick,
  type FactorNetwork,
  gaussian,
  useBackend,
} from '@factornet/core';
import { manifestOfCode } from '@factornet/core/internal';
import {
  decodeProbes,
  evaluateFeatures,
  evaluateLogits,
  probeDeviation,
  probeLayout,
} from '@factornet/core/probes';
import { modelDigest } from '@factornet/core/training';
import { packCommon, packFactor, probePictures } from '@factornet/packer';
import { INPUT, SHAPE } from '@factornet/packer/testing';
import { type Backbone, classificationHead, mobileNetV2, residual, stochasticEncoder } from '@factornet/zoo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPackage } from './verify-package';

const FEATURES = 12;
const backbones: Readonly<Record<string, Backbone>> = {
  residual: residual({ filters: [8, 16], stemStride: 2, features: FEATURES }),
  MobileNetV2: mobileNetV2({ width: 0.1, stemStride: 2, strides: [1, 1, 2, 2, 1, 2, 1], features: FEATURES }),
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-probes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function networks(backbone: Backbone): Promise<{ common: CommonNetwork; factor: FactorNetwork }> {
  const request = { inputShape: INPUT.shape, seed: 3 };
  const network = backbone.create({ ...request, name: 'common' });
  const backboneDescription = { name: backbone.name, options: {} };
  const described = {
    provenance: { data: 'x', objective: [], seed: 3, backend: 'cpu' },
  };
  const representation = await modelDigest(network);
  const specific = stochasticEncoder({
    backbone,
    features: FEATURES,
    request: { ...request, name: 'specific' },
  });
  const head = classificationHead({
    features: FEATURES,
    classes: SHAPE.classes.length,
    seed: 3,
    name: 'head',
  });
  return {
    common: {
      kind: 'common',
      network,
      description: {
        input: INPUT,
        features: { shape: [FEATURES] },
        maps: [],
        backbone: backboneDescription,
        parameters: network.countParams(),
        representation,
        ...described,
      },
    },
    factor: {
      kind: 'factor',
      code: gaussian(),
      fusion: add(),
      specific,
      head,
      description: {
        task: SHAPE,
        fusion: { type: 'add' },
        reads: [{ from: 'picture', shape: INPUT.shape, backbone: backboneDescription }],
        code: manifestOfCode(gaussian(), FEATURES),
        parameters: specific.countParams() + head.countParams(),
        report: {},
        representation,
        ...described,
      },
    },
  };
}

describe.each(Object.entries(backbones))('golden probes of %s', (name, backbone) => {
  it('agree on cpu and wasm, whichever made them, well within the tolerance', async () => {
    for (const [made, checked] of [
      ['cpu', 'wasm'],
      ['wasm', 'cpu'],
    ] as const) {
      await useBackend(made);
      const { common, factor } = await networks(backbone);
      const at = (kind: string) => ({
        name: `@scope/${kind}`,
        version: '1.0.0',
        directory: join(folder, `${name}-${made}-${kind}`),
      });
      const ckn = await packCommon(common, { ...at('ckn'), probes: probePictures(INPUT, 2) });
      const packed = await packFactor(factor, { ...at('shape'), common: ckn });
      disposeBrick(common);
      disposeBrick(factor);
      await useBackend(checked);
      for (const { directory } of [ckn, packed]) {
        const report = await verifyPackage(directory);
        expect(report.error).toBeUndefined();
        expect(report.backend).toBe(checked);
      }
      // Not by the verifier's own word: the networks again, in this backend, against the bytes in the files.
      const again = await networks(backbone);
      const read = async ({ directory, manifest }: typeof ckn | typeof packed) =>
        decodeProbes(
          new Uint8Array(await readFile(join(directory, 'probes.bin'))),
          probeLayout(manifest),
          'probes',
        );
      const [ours, theirs] = [await read(ckn), await read(packed)];
      const features = await evaluateFeatures(again.common.network, INPUT, ours.pictures);
      const logits = await evaluateLogits(again.factor, INPUT, theirs.pictures, theirs.features);
      expect(probeDeviation(ours.features, features)).toBeLessThan(1e-5);
      expect(probeDeviation(theirs.logits ?? [], logits)).toBeLessThan(1e-5);
      expect(theirs.features).toEqual(ours.features.slice(0, theirs.features.length));
      disposeBrick(again.common);
      disposeBrick(again.factor);
    }
  });
});
