import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CommonDescription,
  type FactorDescription,
  IntegrityError,
  InvalidManifestError,
  NewerSpecError,
} from '@factornet/spec';
import { memory } from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { smallNetwork } from '../model-files/fixture';
import { encodeModel, modelDigest } from '../model-files/model-bytes';
import { expectNoLeak } from '../testing/no-leak';
import { isBrick, readBrick, readBrickFile, writeBrick } from './brick-files';
import { type CommonNetwork, disposeBrick, type FactorNetwork } from './bricks';
import { gaussian } from './codes/gaussian';
import { add } from './fusions/add';

let folder: string;
let common: CommonNetwork;
let factor: FactorNetwork;

beforeAll(async () => {
  await useBackend('cpu');
  const network = smallNetwork(1, 'common');
  const representation = await modelDigest(network);
  const provenance = { data: 'none', objective: [], seed: 1, backend: 'cpu' };
  const description: CommonDescription = {
    input: {
      shape: [4, 4, 2],
      layout: 'NHWC',
      normalization: { mean: [0, 0], standardDeviation: [1, 1] },
    },
    features: { shape: [5] },
    maps: [],
    backbone: { name: 'small', options: {} },
    parameters: network.countParams(),
    representation,
    provenance,
  };
  const factorDescription: FactorDescription = {
    task: { name: 'shape', type: 'classification', classes: ['cube', 'ball'] },
    fusion: { type: 'add' },
    reads: [{ from: 'picture', shape: [4, 4, 2], backbone: { name: 'small', options: { depth: 1 } } }],
    code: { type: 'gaussian', length: 5, capacity: 'infinite', settings: { ships: 'mean' } },
    parameters: network.countParams(),
    report: { accuracy: 0.9 },
    provenance,
    representation,
  };
  common = { kind: 'common', description, network };
  factor = {
    kind: 'factor',
    code: gaussian(),
    fusion: add(),
    description: factorDescription,
    specific: smallNetwork(2, 'specific'),
    head: smallNetwork(3, 'head'),
  };
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-brick-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('writeBrick and readBrick', () => {
  it('are inverse for a common-knowledge network', async () => {
    await writeBrick(common, folder);
    expect((await readdir(folder)).toSorted()).toEqual([
      'brick.json',
      'common.model.json',
      'common.weights.bin',
    ]);
    const read = await readBrick(folder, { kind: 'common' });
    expect(read.description).toEqual(common.description);
    expect(await modelDigest(read.network)).toBe(common.description.representation);
  });

  it('are inverse for a factor', async () => {
    await writeBrick(factor, folder);
    const read = await readBrick(folder, { kind: 'factor' });
    expect(read.description).toEqual(factor.description);
    expect(await encodeModel(read.specific, 'w')).toEqual(await encodeModel(factor.specific, 'w'));
    expect(await encodeModel(read.head, 'w')).toEqual(await encodeModel(factor.head, 'w'));
  });

  it('are held to the kind that is asked for, before weights are read', async () => {
    expect(await isBrick(folder)).toBe(false);
    await writeBrick(factor, folder);
    expect(await isBrick(folder)).toBe(true);
    await rm(join(folder, 'head.weights.bin'));
    await expect(readBrick(folder, { kind: 'common' })).rejects.toMatchObject({
      source: join(folder, 'brick.json'),
      issues: ['kind: expected "common", found "factor"'],
    });
  });

  it('leave nothing behind if writing fails half-way, and an earlier network as it was', async () => {
    const broken = { ...factor, head: null as unknown as FactorNetwork['head'] };
    await expect(writeBrick(broken, folder)).rejects.toThrow(TypeError);
    expect(await readdir(folder)).toEqual([]);
    await writeBrick(factor, folder);
    const other = { ...factor, specific: smallNetwork(9, 'specific') };
    await expect(writeBrick({ ...other, head: broken.head }, folder)).rejects.toThrow(TypeError);
    const read = await readBrick(folder, { kind: 'factor' });
    expect(await encodeModel(read.specific, 'w')).toEqual(await encodeModel(factor.specific, 'w'));
  });

  it('name the damaged file, and keep no tensor of the others', async () => {
    await writeBrick(factor, folder);
    await truncate(join(folder, 'head.weights.bin'), 12);
    const before = memory().numTensors;
    await expect(readBrick(folder)).rejects.toThrow(IntegrityError);
    await expect(readBrick(folder)).rejects.toMatchObject({ path: join(folder, 'head.weights.bin') });
    expect(memory().numTensors).toBe(before);
  });

  it('leak nothing; disposeBrick releases every weight', async () => {
    for (const brick of [common, factor]) {
      await expectNoLeak(() => writeBrick(brick, folder));
      await expectNoLeak(async () => disposeBrick(await readBrick(folder)));
    }
  });
});

describe('readBrickFile', () => {
  const put = (text: string) => writeFile(join(folder, 'brick.json'), text);

  it('reads the description without the weights', async () => {
    await writeBrick(factor, folder);
    await rm(join(folder, 'head.weights.bin'));
    expect(await readBrickFile(folder)).toMatchObject({ kind: 'factor', description: factor.description });
  });

  it('says what kind of folder it wants', async () => {
    await expect(readBrickFile(join(folder, 'nowhere'))).rejects.toThrow(
      /brick\.json does not exist.*\n.*factornet factorize/,
    );
  });

  it('refuses what is not JSON, no brick, incomplete or newer', async () => {
    await put('{');
    await expect(readBrickFile(folder)).rejects.toMatchObject({ issues: ['not JSON'] });
    for (const text of ['null', '{}', '{"spec":1,"kind":"teacher"}', '{"spec":1,"kind":"common"}']) {
      await put(text);
      await expect(readBrickFile(folder)).rejects.toThrow(InvalidManifestError);
    }
    await put('{"spec":2,"kind":"hologram"}');
    await expect(readBrickFile(folder)).rejects.toThrow(NewerSpecError);
  });

  it('writes no factor whose fusion is another than its description says', async () => {
    const other = { ...factor, fusion: { ...factor.fusion, type: 'other' } };
    await expect(writeBrick(other, folder)).rejects.toThrow(/fusion must be "add".*description/);
  });

  it('names the path of a violation', async () => {
    await writeBrick(factor, folder);
    const file = JSON.parse(await readFile(join(folder, 'brick.json'), 'utf8'));
    file.description.task.classes = ['cube'];
    await put(JSON.stringify(file));
    await expect(readBrickFile(folder)).rejects.toThrow(/- description\.task\.classes: /);
  });
});
