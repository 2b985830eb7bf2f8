import {
  add,
  type CommonNetwork,
  categorical,
  codeOnly,
  deterministic,
  disposeBrick,
  type FactorNetwork,
  gaussian,
  useBackend,
} from '@factornet/core';
import { inspectModel } from '@factornet/core/internal';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { encodeModel } from '@factornet/core/training';
import { commonWithMaps, HUE, picturesForMaps, readingFactor, SHAPE, SIZE } from '@factornet/packer/testing';
import { InvalidOptionError } from '@factornet/spec';
import { dispose, type Tensor, type Tensor4D } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '../assembly/assemble';
import type { Assembly } from '../assembly/assembly';
import { type ExportOptions, exportAssembly } from './export-assembly';
import { randomizeWeights } from './testing/random-networks';

const task = (name: string) => ({ ...SHAPE, name, classes: [...SHAPE.classes] });

let common: CommonNetwork;
let other: CommonNetwork;
let factors: FactorNetwork[];
let images: Tensor4D;

async function makeNetworks() {
  [common, other] = [await commonWithMaps(1), await commonWithMaps(2)];
  // So that what folding makes of the statistics that standardise z shows.
  [common, other].forEach(({ network }, index) => {
    randomizeWeights(network, index);
  });
  factors = [
    readingFactor(common, SHAPE, ['picture'], { seed: 1 }),
    readingFactor(common, HUE, ['block-2'], { seed: 2, code: categorical({ scale: 0.3 }) }),
    readingFactor(common, SIZE, ['block-1', 'picture'], {
      ...{ seed: 3, code: deterministic(), length: 4 },
      fusion: codeOnly(),
    }),
    readingFactor(common, task('mean'), ['block-2', 'block-1'], { seed: 4, code: gaussian(), fusion: add() }),
    readingFactor(other, task('other'), ['block-2', 'picture'], { seed: 5 }),
  ];
  factors.forEach(({ specific, head }, index) => {
    for (const each of [specific, head]) randomizeWeights(each, 10 + index);
  });
  images = picturesForMaps(6);
}

function disposeNetworks() {
  images.dispose();
  for (const brick of [common, other, ...factors]) disposeBrick(brick);
}

/** What an assembly answers, and what its export does. */
async function answersOf(options: ExportOptions) {
  const network: Assembly = await assemble(options.common, options.factors, options);
  const expected = Object.values(await network.predict(images)).map(({ logits }) => logits);
  network.dispose();
  const model = await exportAssembly(options);
  const outputs = [model.predict(images)].flat() as Tensor[];
  const received = await Promise.all(outputs.map((each) => each.data()));
  dispose(outputs);
  return { model, expected, received };
}

describe.each(['cpu', 'wasm'] as const)('exportAssembly of factors that read maps, on %s', (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
    await makeNetworks();
  });
  afterAll(disposeNetworks);

  it('gives what the assembly gives, of every code, folded or not', async () => {
    for (const [fold, options] of [
      [true, { common: [common, other], factors, multipleTrunks: true }],
      [false, { common, factors: factors.slice(0, 4) }],
    ] as const) {
      const { model, expected, received } = await answersOf({ ...options, fold });
      expect(received).toHaveLength(options.factors.length);
      expected.forEach((logits, index) => {
        expectCloseArrays(received[index] ?? [], logits, { absolute: 1e-4, relative: 1e-5 });
      });
      expect(model.inputs.map(({ shape }) => shape)).toEqual([[null, 16, 16, 3]]);
      model.dispose();
    }
  });
});

describe('exportAssembly of factors that read maps', () => {
  beforeAll(async () => {
    await useBackend('cpu');
    await makeNetworks();
  });
  afterAll(disposeNetworks);

  it('runs the common network once, without maps that nobody reads, and passes inspection', async () => {
    const count = async (chosen: readonly FactorNetwork[]) => {
      const model = await exportAssembly({ common, factors: chosen });
      const names = model.layers.map(({ name }) => name).filter((name) => name.startsWith('common/'));
      const { inputs } = inspectModel(await encodeModel(model, 'weights.bin'), 'the export');
      expect(inputs).toEqual([[16, 16, 3]]);
      model.dispose();
      return names;
    };
    const names = ['one', 'two', 'flat', 'dense'].map((name) => `common/${name}`);
    expect(await count(factors.slice(0, 1))).toEqual(names);
    expect(await count(factors.slice(0, 4))).toEqual(names);
  });

  it('leaves nothing behind', async () => {
    await expectNoLeak(async () => {
      (await exportAssembly({ common, factors: factors.slice(0, 4) })).dispose();
    });
  });

  it('refuses a code that no layers make, and says what to do', async () => {
    const sampling = readingFactor(common, SIZE, ['block-1'], { code: gaussian({ ships: 'sample' }) });
    const exporting = exportAssembly({ common, factors: [factors[0] as FactorNetwork, sampling] });
    await expect(exporting).rejects.toSatisfy(InvalidOptionError.isInstance);
    await expect(exporting).rejects.toThrow('that of the factor "size", but is {"type":"gaussian"');
    await expect(exporting).rejects.toThrow("gaussian({ ships: 'mean' })");
    disposeBrick(sampling);
  });
});
