import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  add,
  type CommonNetwork,
  concatenate,
  disposeBrick,
  type FactorNetwork,
  type Fusion,
  normalizeImages,
  useBackend,
} from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { packCommon, packFactor } from '@factornet/packer';
import { HUE, SHAPE, SIZE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { InvalidManifestError, ShapeMismatchError } from '@factornet/spec';
import { type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportAssembly } from '../export/export-assembly';
import { goldenProbes } from '../probes/golden-probes';
import { randomPictures } from '../testing/packed-networks';
import { assemble } from './assemble';

/** A fusion that is none of ours. */
const hadamard = (): Fusion => ({
  ...add(),
  type: 'hadamard',
  formula: 'z ⊙ t',
  fuse: (z, code) => z.mul(code),
  layer: { className: 'Multiply', config: {} },
});
const fusions = [add(), concatenate(), hadamard()];

let folder: string;
let common: CommonNetwork;
let factors: FactorNetwork[];
let packed: { ckn: string; factors: string[] };
let images: Tensor4D;
beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-fusions-'));
  common = await tinyCommon();
  factors = [SHAPE, HUE, SIZE].map((task, index) =>
    tinyFactor(common, task, 100 * (index + 1), fusions[index]),
  );
  images = randomPictures(3);
  const at = (name: string) => ({
    name: `@scope/${name}`,
    version: '1.0.0',
    directory: join(folder, name),
  });
  const ckn = await packCommon(common, at('ckn'));
  const directories: string[] = [];
  for (const factor of factors) {
    const { name } = factor.description.task;
    directories.push((await packFactor(factor, { ...at(name), common: ckn })).directory);
  }
  packed = { ckn: ckn.directory, factors: directories };
});
afterAll(async () => {
  images.dispose();
  for (const brick of [common, ...factors]) disposeBrick(brick);
  await rm(folder, { recursive: true });
});

/** Logits from numbers alone: `Σ_i x_i · kernel_ik + bias_k`, x as the fusion's definition has it. */
async function byHand({ description, specific, head }: FactorNetwork): Promise<number[]> {
  const outputs = tidy(() => {
    const inputs = normalizeImages(images, common.description.input);
    return [common.network.predict(inputs) as Tensor, (specific.predict(inputs) as Tensor[])[0] as Tensor];
  });
  const [z, t] = (await Promise.all(outputs.map((each) => each.array()))) as [number[][], number[][]];
  for (const each of outputs) each.dispose();
  const [kernel, bias] = (await Promise.all(head.getWeights().map((weight) => weight.array()))) as [
    number[][],
    number[],
  ];
  const fused = {
    add: (row: number[], code: number[]) => row.map((value, index) => value + (code[index] as number)),
    concatenate: (row: number[], code: number[]) => [...row, ...code],
    hadamard: (row: number[], code: number[]) => row.map((value, index) => value * (code[index] as number)),
  }[description.fusion.type] as (row: number[], code: number[]) => number[];
  return z.flatMap((row, picture) => {
    const x = fused(row, t[picture] as number[]);
    return bias.map((offset, k) =>
      x.reduce((sum, value, index) => sum + value * ((kernel[index] as number[])[k] as number), offset),
    );
  });
}

describe('factors of several fusions on one common-knowledge network', () => {
  it('predict what their equations say, in memory and packed, and export as that', async () => {
    const expected = await Promise.all(factors.map(byHand));
    const verify = goldenProbes;
    for (const network of [
      await assemble(common, factors),
      await assemble(packed.ckn, packed.factors, { fusions, verify }),
    ]) {
      const predictions = await network.predict(images);
      for (const [index, { name }] of [SHAPE, HUE, SIZE].entries()) {
        expectCloseArrays(predictions[name]?.logits ?? [], expected[index] ?? [], { absolute: 1e-4 });
      }
      expect(network.commonEvaluations).toBe(1);
      network.dispose();
    }
    const model = await exportAssembly({ common: packed.ckn, factors: packed.factors, fusions });
    const outputs = model.predict(images) as Tensor[];
    for (const [index, output] of outputs.entries()) {
      expectCloseArrays(await output.data(), expected[index] ?? [], { absolute: 1e-4 });
      output.dispose();
    }
    model.dispose();
  });

  it('are added later under the same fusions', async () => {
    const network = await assemble(packed.ckn, [], { fusions });
    await network.add(packed.factors[2] as string);
    expect(network.tasks).toEqual(['size']);
    network.dispose();
  });

  it('are refused where a fusion is not known, with those that are', async () => {
    await expectNoLeak(async () => {
      const assembling = assemble(packed.ckn, packed.factors);
      await expect(assembling).rejects.toSatisfy(InvalidManifestError.isInstance);
      await expect(assembling).rejects.toThrow(
        /@scope\/size@1\.0\.0 .*\n.*expected "add" or .*, found "hadamard"/,
      );
    });
  });

  it('are refused where the models are of another fusion', async () => {
    const [shape, hue] = factors as [FactorNetwork, FactorNetwork];
    const added = assemble(common, [{ ...hue, fusion: add() }]);
    await expect(added).rejects.toSatisfy(ShapeMismatchError.isInstance);
    await expect(added).rejects.toMatchObject({ expected: [null, 16], received: [null, 5] });
    const concatenated = assemble(common, [{ ...shape, fusion: concatenate() }]);
    await expect(concatenated).rejects.toMatchObject({ expected: [null, 32], received: [null, 16] });
  });
});
