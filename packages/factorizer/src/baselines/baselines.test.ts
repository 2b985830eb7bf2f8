import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { adam } from '@factornet/core/training';
import { CancelledError } from '@factornet/spec';
import { convolutional } from '@factornet/zoo';
import { memory } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import type { Teacher } from '../teacher/teacher';
import { memoryCheckpoint } from '../testing/memory-checkpoint';
import { keepTasks, tinyCommon, tinyData, tinyTeacher, weightBytes } from '../testing/tiny';
import { equalParameters, widenTo } from './equal-parameters';
import { measurePlainNetwork } from './measure-plain-network';
import { disposePlainNetwork, modelsOf, type PlainNetwork } from './plain-network';
import { type SharedTrunkOptions, trainSharedTrunk } from './train-shared-trunk';
import { trainStudents } from './train-students';

const hues = ['object-hue', 'background-hue'];
const data = keepTasks(tinyData(), hues);
const backbone = tinyCommon();

let teacher: Teacher;
beforeAll(async () => {
  await useBackend('wasm');
  ({ teacher } = await tinyTeacher(data.tasks));
});

const run = (change: Partial<SharedTrunkOptions> = {}) =>
  trainSharedTrunk({ teacher, data, backbone, epochs: 1, batchSize: 16, ...change });

async function bytesOf(training: Promise<PlainNetwork>) {
  const network = await training;
  const bytes = await weightBytes(...modelsOf(network));
  disposePlainNetwork(network);
  return { bytes, history: network.history };
}

describe('trainSharedTrunk', () => {
  it('learns all tasks with one trunk, better than chance on pictures it has not seen', async () => {
    const atFirst = memory().numTensors;
    const network = await run({
      data: keepTasks(tinyData(96), hues),
      backbone: convolutional({ filters: [8], strides: 4, pooling: 'flatten', features: 16 }),
      epochs: 6,
      optimizer: adam({ learningRate: 0.02 }),
      transferWeight: 0,
    });
    const scores = await measurePlainNetwork(network, keepTasks(tinyData(80, 2), hues));
    // Eight hues.
    for (const hue of hues) expect(scores[hue], JSON.stringify(scores)).toBeGreaterThan(0.3);
    expect(network.tasks.map(({ name }) => name)).toEqual(hues);
    expect(network.history).toHaveLength(6);
    disposePlainNetwork(network);
    expect(memory().numTensors).toBe(atFirst);
  });

  it('repeats bit by bit for one seed, and differs for another and for another teaching', async () => {
    const first = await bytesOf(run());
    expect(await bytesOf(run())).toEqual(first);
    expect((await bytesOf(run({ seed: 1 }))).bytes).not.toEqual(first.bytes);
    expect((await bytesOf(run({ transferWeight: 2 }))).bytes).not.toEqual(first.bytes);
    expect((await bytesOf(run({ balanced: false }))).bytes).not.toEqual(first.bytes);
  });
});

describe('trainStudents', () => {
  it('trains a network per task, each with what it may have, and goes on where it was stopped', async () => {
    const stores = new Map(hues.map((hue) => [hue, memoryCheckpoint()]));
    const checkpoint = (task: string) => stores.get(task) as ReturnType<typeof memoryCheckpoint>;
    const parameters = { 'object-hue': 9000, 'background-hue': 16_000 };
    const options = { teacher, data, backbone, parameters, epochs: 1, batchSize: 16 };
    const whole = await trainStudents(options);
    for (const [task, student] of Object.entries(whole)) {
      const wanted = parameters[task as keyof typeof parameters];
      expect(Math.abs(student.parameters / wanted - 1)).toBeLessThan(0.02);
      expect(student.tasks.map(({ name }) => name)).toEqual([task]);
    }
    const controller = new AbortController();
    let steps = 0;
    const stopped = trainStudents({
      ...options,
      checkpoint,
      signal: controller.signal,
      // In the midst of the second of three steps each.
      onProgress: ({ type }) => void (type === 'step' && ++steps === 4 && controller.abort()),
    });
    await expect(stopped).rejects.toSatisfy(CancelledError.isInstance);
    let left = 0;
    const resumed = await trainStudents({
      ...options,
      checkpoint,
      onProgress: ({ type }) => void (type === 'step' && left++),
    });
    expect(left).toBe(2);
    for (const task of hues) {
      const [one, other] = [whole[task], resumed[task]] as [PlainNetwork, PlainNetwork];
      expect(await weightBytes(...modelsOf(other))).toEqual(await weightBytes(...modelsOf(one)));
      disposePlainNetwork(one);
      disposePlainNetwork(other);
      await checkpoint(task).clear();
    }
  });

  it('leaves no tensor behind, ended or stopped', async () => {
    await expectNoLeak(async () => {
      for (const student of Object.values(await trainStudents({ teacher, data, backbone, epochs: 1 })))
        disposePlainNetwork(student);
    });
    await expectNoLeak(async () => {
      const signal = AbortSignal.abort();
      await expect(trainStudents({ teacher, data, backbone, signal })).rejects.toSatisfy(
        CancelledError.isInstance,
      );
    });
  });
});

describe('equal parameters', () => {
  const described = (parameters: number, name = '') =>
    ({ description: { parameters, task: { name } } }) as never;

  it('gives a trunk what the whole factorization has, and a student what its task is told by', () => {
    const factors = { shape: described(30, 'shape'), size: described(20, 'size') };
    expect(equalParameters(described(100), factors)).toEqual({
      sharedTrunk: 150,
      students: { shape: 130, size: 120 },
    });
  });

  it('widens a backbone to them, and says which cannot be', () => {
    const request = { input: teacher.input, tasks: data.tasks, kinds: trainableTaskKinds, backbone };
    expect(widenTo(5000, request).features).toBe(backbone.features);
    const { widened: _, ...rigid } = backbone;
    expect(() => widenTo(5000, { ...request, backbone: rigid })).toThrow(
      expect.objectContaining({ code: 'invalid-option', option: 'backbone' }),
    );
  });
});
