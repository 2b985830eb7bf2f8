import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setBackend, tensor1d } from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeCheckpointStore } from '../conformance/describe-checkpoint-store';
import { memoryCheckpoint } from '../testing/memory-checkpoint';
import type { TrainingState } from './checkpoint';
import { fileCheckpoint } from './file-checkpoint';

beforeAll(() => setBackend('cpu'));

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'factornet-checkpoint-'));
});
afterEach(() => rm(directory, { recursive: true }));

const pathOf = () => join(directory, 'run.safetensors');

async function save(values = [1, 2, 3]): Promise<void> {
  const weights = tensor1d(values);
  const state: TrainingState = {
    fingerprint: 'run',
    completedSteps: values.length,
    history: [],
    running: { loss: 0, terms: {} },
    tensors: new Map([['weights', weights]]),
  };
  await fileCheckpoint(pathOf()).save(state);
  weights.dispose();
}

describeCheckpointStore('fileCheckpoint', () => fileCheckpoint(pathOf()));
describeCheckpointStore('memoryCheckpoint', memoryCheckpoint);

describe('fileCheckpoint', () => {
  it('leaves one whole file and nothing beside it, also after several saves at once', async () => {
    await Promise.all([save([1]), save([1, 2]), save([1, 2, 3])]);
    expect(readdirSync(directory)).toEqual(['run.safetensors']);
    const loaded = await fileCheckpoint(pathOf()).load();
    const weights = await loaded?.tensors.get('weights')?.data();
    expect([...(weights ?? [])]).toEqual([1, 2, 3].slice(0, loaded?.completedSteps));
    for (const tensor of loaded?.tensors.values() ?? []) tensor.dispose();
  });

  it('keeps the earlier state when a save fails half-way', async () => {
    await save();
    const before = readFileSync(pathOf());
    const broken = tensor1d([4]);
    broken.dispose();
    const state = { fingerprint: 'run', completedSteps: 9, history: [], running: { loss: 0, terms: {} } };
    const failing = fileCheckpoint(pathOf()).save({ ...state, tensors: new Map([['weights', broken]]) });
    await expect(failing).rejects.toThrow();
    expect(readFileSync(pathOf())).toEqual(before);
    expect(readdirSync(directory)).toEqual(['run.safetensors']);
  });

  it.each([
    ['cut in its values', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
    ['cut in its header', (bytes: Buffer) => bytes.subarray(0, 40)],
    ['empty', () => Buffer.alloc(0)],
    ['no checkpoint', () => Buffer.concat([Buffer.from([4, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('text')])],
  ])('says to delete a file that is %s, and leaves it there', async (_, damage) => {
    await save();
    writeFileSync(pathOf(), damage(readFileSync(pathOf())));
    const loading = fileCheckpoint(pathOf()).load();
    await expect(loading).rejects.toMatchObject({
      code: 'integrity',
      path: pathOf(),
      hint: expect.stringContaining('delete the file'),
    });
    expect(existsSync(pathOf())).toBe(true);
  });
});
