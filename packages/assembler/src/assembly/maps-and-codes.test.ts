import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  add,
  type Code,
  type CodeType,
  type CommonNetwork,
  categorical,
  deterministic,
  disposeBrick,
  type FactorNetwork,
  gaussian,
  knownCodes,
  normalizeImages,
  useBackend,
} from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { packCommon, packFactor } from '@factornet/packer';
import { commonWithMaps, HUE, picturesForMaps, readingFactor, SHAPE, SIZE } from '@factornet/packer/testing';
import { IncompatibleCommonError, InvalidManifestError } from '@factornet/spec';
import { dispose, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { goldenProbes } from '../probes/golden-probes';
import { assemble } from './assemble';
import type { Assembly } from './assembly';
import { evaluateFactors, type PlacedFactor } from './evaluate-factors';
import { inParts } from './in-parts';
import { loadFactor, loadTrunk } from './load-networks';

/** A code of a stranger: n signs, `2^n` of them. */
const signs = (): Code => ({
  type: 'signs',
  settings: {},
  outputLengths: (length) => [length],
  shippedOutputs: 1,
  capacity: (length) => length * Math.LN2,
  ship: ([output]) => (output as NonNullable<typeof output>).greaterEqual(0).toFloat().mul(2).sub(1),
});
const codes: readonly CodeType[] = [...knownCodes, { type: 'signs', create: signs }];

let folder: string;
let common: CommonNetwork;
let factors: FactorNetwork[];
let packed: { ckn: string; factors: string[] };
let images: Tensor4D;
beforeAll(async () => {
  await useBackend('cpu');
  common = await commonWithMaps();
  const task = (name: string) => ({ ...SHAPE, name, classes: [...SHAPE.classes] });
  factors = [
    readingFactor(common, SHAPE, ['picture'], { seed: 100, code: categorical({ scale: 3 }) }),
    readingFactor(common, HUE, ['block-2'], { seed: 200, code: categorical() }),
    readingFactor(common, SIZE, ['block-1', 'picture'], { seed: 300, code: deterministic(), length: 5 }),
    readingFactor(common, task('both'), ['block-2', 'block-1'], {
      seed: 400,
      code: gaussian(),
      fusion: add(),
    }),
    readingFactor(common, task('signs'), ['block-1'], { seed: 500, code: signs(), length: 4 }),
  ];
  images = picturesForMaps(5);
  folder = await mkdtemp(join(tmpdir(), 'factornet-maps-'));
  const at = (name: string) => ({ name: `@scope/${name}`, version: '1.0.0', directory: join(folder, name) });
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

/** Which number is the largest, the first of several. */
const largest = (row: readonly number[]) => row.indexOf(Math.max(...row));

/** What t is, of numbers alone. */
const shipped: Readonly<Record<string, (row: number[], settings: { scale?: number }) => number[]>> = {
  categorical: (row, { scale }) => row.map((_, k) => (k === largest(row) ? (scale as number) : 0)),
  deterministic: (row) => row,
  gaussian: (row) => row,
  signs: (row) => row.map((value) => (value < 0 ? -1 : 1)),
};

/** Logits from numbers alone, without core's or the assembler's equation. */
async function byHand({ description, specific, head }: FactorNetwork): Promise<number[]> {
  const outputs = tidy(() => {
    const picture = normalizeImages(images, common.description.input);
    const [z, ...maps] = common.network.predict(picture) as Tensor[];
    const inputs = description.reads.map(({ from }) =>
      from === 'picture'
        ? picture
        : (maps[common.description.maps.findIndex((map) => map.name === from)] as Tensor),
    );
    const [first] = [specific.predict(inputs.length === 1 ? (inputs[0] as Tensor) : inputs)].flat();
    return [z as Tensor, first as Tensor];
  });
  const [z, first] = (await Promise.all(outputs.map((each) => each.array()))) as [number[][], number[][]];
  const [kernel, bias] = (await Promise.all(head.getWeights().map((weight) => weight.array()))) as [
    number[][],
    number[],
  ];
  dispose(outputs);
  return z.flatMap((row, picture) => {
    const t = shipped[description.code.type]?.(first[picture] as number[], description.code.settings) ?? [];
    const fused =
      description.fusion.type === 'add'
        ? row.map((value, index) => value + (t[index] as number))
        : [...row, ...t];
    return bias.map((offset, k) =>
      fused.reduce((sum, value, index) => sum + value * ((kernel[index] as number[])[k] as number), offset),
    );
  });
}

describe('factors that read pictures, maps, or both, with codes of every kind', () => {
  it('predict what their equations say, in memory and packed, from one pass of the common network', async () => {
    const expected = await Promise.all(factors.map(byHand));
    const last = common.network.layers.find(({ name }) => name === 'common/two') as NonNullable<
      (typeof common.network.layers)[number]
    >;
    const calls = vi.spyOn(last, 'call');
    for (const network of [
      await assemble(common, factors),
      await assemble(packed.ckn, packed.factors, { codes, verify: goldenProbes }),
    ] as Assembly[]) {
      calls.mockClear();
      const predictions = await network.predict(images);
      for (const [index, { description }] of factors.entries()) {
        expectCloseArrays(predictions[description.task.name]?.logits ?? [], expected[index] ?? [], {
          absolute: 1e-4,
        });
      }
      expect(network.commonEvaluations).toBe(1);
      expect(calls.mock.calls.length).toBeLessThanOrEqual(1);
      expect(network.features(images).shape).toEqual([5, 6]);
      network.dispose();
    }
    calls.mockRestore();
  });

  it('answer bit for bit what each answers alone, with the others and in parts', async () => {
    const together: Assembly = await assemble(common, factors);
    const all = await together.predict(images);
    for (const factor of factors) {
      const { name } = factor.description.task;
      const alone: Assembly = await assemble(common, [factor]);
      expect((await alone.predict(images))[name]?.logits).toEqual(all[name]?.logits);
      expect(alone.commonEvaluations).toBe(1);
    }
  });

  it('run with their own of several common-knowledge networks', async () => {
    const other = await commonWithMaps(50);
    const theirs = readingFactor(other, HUE, ['block-1'], { seed: 7 });
    const multipleTrunks = true;
    const network: Assembly = await assemble([common, other], [factors[0] as FactorNetwork, theirs], {
      multipleTrunks,
    });
    const alone: Assembly = await assemble(other, [theirs]);
    const [together, expected] = [await network.predict(images), await alone.predict(images)];
    expect(together['object-hue']?.logits).toEqual(expected['object-hue']?.logits);
    expect(network.commonEvaluations).toBe(2);
    for (const brick of [other, theirs]) disposeBrick(brick);
  });

  it('predict nothing for no pictures', async () => {
    const none = tidy(() => images.slice(0, 0)) as Tensor4D;
    const sampling = readingFactor(common, SIZE, ['block-2'], { code: gaussian({ ships: 'sample' }) });
    const chosen: FactorNetwork[] = [...factors.slice(0, 2), sampling];
    const network: Assembly = await assemble(common, chosen);
    expect((await network.predict(none)).size?.labels).toEqual([]);
    await expectNoLeak(() => network.predict(images));
    none.dispose();
    disposeBrick(sampling);
  });

  it('are refused where their code is not known, or reads what is not offered', async () => {
    await expectNoLeak(async () => {
      const assembling = assemble(packed.ckn, packed.factors);
      await expect(assembling).rejects.toSatisfy(InvalidManifestError.isInstance);
      await expect(assembling).rejects.toThrow(/expected "gaussian" or .*, found "signs"/);
    });
    const hue = factors[1] as FactorNetwork;
    const description = {
      ...hue.description,
      reads: hue.description.reads.map((read) => ({ ...read, from: 'block-9' })),
    };
    const refused = assemble(common, [{ ...hue, description }]);
    await expect(refused).rejects.toSatisfy(IncompatibleCommonError.isInstance);
    await expect(refused).rejects.toThrow(
      'It reads block-9 [4,4,5], and this offers picture [16,16,3], block-1 [8,8,4], block-2 [4,4,5].',
    );
  });
});

describe('codes that ship a sample', () => {
  let sampling: FactorNetwork;
  let other: FactorNetwork;
  const logitsOf = async (seed?: number, chosen = [sampling]) => {
    const network: Assembly = await assemble(common, chosen, { seed });
    return (await network.predict(images)).size?.logits as Float32Array;
  };
  beforeAll(() => {
    const code = gaussian({ ships: 'sample' });
    sampling = readingFactor(common, SIZE, ['block-1'], { code });
    other = readingFactor(common, HUE, ['picture'], { code });
    return () => [sampling, other].forEach(disposeBrick);
  });

  it('draw the same for a seed, whatever stands beside them, and otherwise for another', async () => {
    const drawn = await logitsOf();
    expect(await logitsOf(0, [other, sampling])).toEqual(drawn);
    expect(await logitsOf(1)).not.toEqual(drawn);
    // A mean would give equal logits where the noise is the same; pictures of one batch have their own.
    const same = tidy(() => images.slice(0, 1).tile([3, 1, 1, 1])) as Tensor4D;
    const network: Assembly = await assemble(common, [sampling]);
    const { logits } = (await network.predict(same)).size as { logits: Float32Array };
    expect(new Set(logits).size).toBe(6);
    same.dispose();
  });

  it('draw the same however a batch is cut into parts', async () => {
    const trunk = await loadTrunk(common);
    const placed: PlacedFactor[] = [];
    for (const each of [sampling, other]) placed.push({ ...(await loadFactor(each, common)), trunk });
    const inPartsOf = async (most: number) => {
      const logits = inParts(images, most, (part, start) =>
        evaluateFactors(
          placed,
          part,
          (_, pictures) => {
            const picture = normalizeImages(pictures, common.description.input);
            const [features, one, two] = common.network.predict(picture) as [Tensor, Tensor, Tensor];
            return { picture, features: features as never, maps: { 'block-1': one, 'block-2': two } };
          },
          { seed: 3, start },
        ),
      );
      const values = await Promise.all(logits.map((each) => each.array()));
      dispose(logits);
      return values;
    };
    const whole = await inPartsOf(5);
    for (const most of [1, 2, 3]) expect(await inPartsOf(most)).toEqual(whole);
  });

  it('have golden probes on which backends agree', async () => {
    const at = (name: string) => ({
      name: `@scope/${name}`,
      version: '1.0.0',
      directory: join(folder, name),
    });
    const ckn = await packCommon(common, at('again'));
    const { directory } = await packFactor(sampling, { ...at('sampling'), common: ckn });
    for (const backend of ['cpu', 'wasm'] as const) {
      await useBackend(backend);
      const network = await assemble(ckn.directory, [directory], { verify: goldenProbes });
      network.dispose();
    }
    await useBackend('cpu');
  });
});
