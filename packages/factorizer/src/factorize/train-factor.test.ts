import { assemble } from '@factornet/assembler';
import { type CommonNetwork, concatenate, disposeBrick, normalizeImages, useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { adam, modelDigest } from '@factornet/core/training';
import { imagesTensor } from '@factornet/data';
import { CancelledError, type TaskDescription } from '@factornet/spec';
import { convolutional } from '@factornet/zoo';
import { dispose, memory, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainableGaussian } from '../codes/trainable-gaussian';
import type { Teacher } from '../teacher/teacher';
import { keepTasks, taskNamed, tinyData, tinySpecific, tinyTeacher, weightBytes } from '../testing/tiny';
import { factorNetworks, tinyRun } from '../testing/tiny-run';
import { disposeFactorization, type Factorization } from './factorization';
import { factorize } from './factorize';
import { type TrainFactorOptions, trainFactor } from './train-factor';

const data = tinyData();
const known = ['shape', 'size'].map((name) => taskNamed(data, name));
const hue = taskNamed(data, 'object-hue');

let teacher: Teacher;
let factorization: Factorization;
beforeAll(async () => {
  await useBackend('wasm');
  ({ teacher } = await tinyTeacher([...known, hue]));
  factorization = await factorize({ ...tinyRun(teacher), data, tasks: known, epochs: 1 });
});
afterAll(() => {
  disposeFactorization(factorization);
  teacher.dispose();
});

function options(common: CommonNetwork): TrainFactorOptions<TaskDescription> {
  const run = { epochs: 2, batchSize: 16, seed: 3 };
  return { common, task: hue, specific: tinySpecific(), data, code: trainableGaussian(), ...run };
}

describe('trainFactor', () => {
  it('leaves common network and teacher as they are, bit by bit, and no tensor but the factor', async () => {
    const { common } = factorization;
    const before = { bytes: await weightBytes(common.network), tensors: memory().numTensors };
    const { factor, history } = await trainFactor({ ...options(common), teacher });
    expect(await weightBytes(common.network)).toEqual(before.bytes);
    expect(await modelDigest(common.network)).toBe(common.description.representation);
    expect(history).toHaveLength(2);
    expect(Object.keys(history[0]?.terms ?? {})).toEqual([
      'supervision',
      'transfer',
      'task-information',
      'bottleneck',
    ]);
    expect(factor.description).toMatchObject({
      task: hue,
      representation: common.description.representation,
      provenance: { teacher: { name: 'tiny', digest: teacher.digest }, seed: 3 },
    });
    disposeBrick(factor);
    expect(memory().numTensors).toBe(before.tensors);
  });

  it('works without a teacher, from labels alone', async () => {
    const { factor, history } = await trainFactor(options(factorization.common));
    expect(Object.keys(history[0]?.terms ?? {})).toEqual(['supervision', 'task-information', 'bottleneck']);
    expect(factor.description.provenance.teacher).toBeUndefined();
    disposeBrick(factor);
    const unlabelled = { ...options(factorization.common), data: keepTasks(data, ['shape']) };
    await expect(trainFactor(unlabelled)).rejects.toMatchObject({
      code: 'invalid-option',
      option: 'data',
      expected: expect.stringContaining('no teacher to label it'),
    });
  });

  it('trains a factor of another fusion that assembles with older ones, whose answers stay what they were', async () => {
    const { common, factors } = factorization;
    const old = factors.shape as (typeof factors)[string];
    const { factor } = await trainFactor({ ...options(common), fusion: concatenate() });
    const batch = await data.read([0, 5, 9]);
    const images = imagesTensor(batch, data.imageShape);
    const alone = await assemble(common, [old]);
    const both = await assemble(common, [old, factor]);
    const [before, after] = [alone.logits(images), both.logits(images)];
    expect(await after.shape?.data()).toEqual(await before.shape?.data());
    const expected = tidy(() => {
      const inputs = normalizeImages(images, common.description.input);
      const [mean] = factor.specific.predict(inputs) as [Tensor2D, Tensor2D];
      return factor.head.predict((common.network.predict(inputs) as Tensor).concat(mean, 1)) as Tensor2D;
    });
    expectCloseArrays((await after['object-hue']?.data()) ?? [], await expected.data(), { absolute: 1e-5 });
    dispose([images, expected, ...Object.values(before), ...Object.values(after)] as Tensor[]);
    alone.dispose();
    both.dispose();
    disposeBrick(factor);
  });

  it('repeats bit by bit', async () => {
    const run = async () => {
      const { factor, history } = await trainFactor({ ...options(factorization.common), epochs: 1 });
      const bytes = await weightBytes(...factorNetworks(factor));
      disposeBrick(factor);
      return { bytes, history };
    };
    expect(await run()).toEqual(await run());
  });

  it('learns: its cross-entropy falls, while the common network stands still', async () => {
    const { factor, history } = await trainFactor({
      ...options(factorization.common),
      specific: convolutional({ filters: [8], strides: 4, pooling: 'flatten', features: 6 }),
      optimizer: adam({ learningRate: 0.02 }),
      epochs: 10,
    });
    expect(history.at(-1)?.terms.supervision).toBeLessThan(0.7 * (history[0]?.terms.supervision as number));
    disposeBrick(factor);
  });

  it('hands out the factor when it is stopped', async () => {
    const before = memory().numTensors;
    const controller = new AbortController();
    const stopped: string[] = [];
    const run = trainFactor({
      ...options(factorization.common),
      signal: controller.signal,
      onProgress: ({ type }) => type === 'step' && controller.abort(),
      onStopped(partial, reason) {
        stopped.push(`${partial.description.task.name}: ${reason.code}`);
        disposeBrick(partial);
      },
    });
    await expect(run).rejects.toSatisfy(CancelledError.isInstance);
    expect(stopped).toEqual(['object-hue: cancelled']);
    const alone = trainFactor({ ...options(factorization.common), signal: AbortSignal.abort() });
    await expect(alone).rejects.toSatisfy(CancelledError.isInstance);
    expect(memory().numTensors).toBe(before);
  });
});
