import { useBackend } from '@factornet/core';
import { adam } from '@factornet/core/training';
import { classSubsets, randomFlip } from '@factornet/data';
import type { ClassificationTask } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import { convolutional, multiTaskClassifier } from '@factornet/zoo';
import { memory } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { keepTasks, numberedBackwards, tinyData, tinyInput, weightBytes } from '../testing/tiny';
import { type TrainTeacherOptions, trainTeacher } from './train-teacher';

beforeAll(async () => void (await useBackend('wasm')));

const data = keepTasks(tinyData(), ['object-hue', 'background-hue']);

async function train(change: Partial<TrainTeacherOptions> = {}) {
  const tasks = change.tasks ?? (change.data ?? data).tasks;
  const model = multiTaskClassifier({
    backbone: convolutional({ filters: [8], strides: 4, pooling: 'flatten', features: 16 }),
    tasks: tasks.filter(isClassification).map(({ name, classes }) => ({ name, classes: classes.length })),
    inputShape: tinyInput.shape,
    seed: 1,
    name: 'teacher',
  });
  try {
    const history = await trainTeacher({
      model,
      input: tinyInput,
      tasks,
      data,
      epochs: 2,
      batchSize: 16,
      ...change,
    });
    return { history, bytes: await weightBytes(model) };
  } finally {
    model.dispose();
  }
}

describe('trainTeacher', () => {
  it('fits every task; the loss is the sum of their cross-entropies', async () => {
    const { history } = await train({ epochs: 10, optimizer: adam({ learningRate: 0.02 }) });
    for (const { loss, terms } of history) {
      expect(Object.keys(terms)).toEqual(['object-hue', 'background-hue']);
      expect(loss).toBeCloseTo((terms['object-hue'] as number) + (terms['background-hue'] as number), 4);
    }
    expect(history.at(-1)?.loss).toBeLessThan(0.5 * (history[0]?.loss as number));
  });

  it('repeats bit by bit for one seed; augmentation and another seed change it', async () => {
    const first = await train();
    expect(await train()).toEqual(first);
    expect(await train({ data: numberedBackwards(data), tasks: data.tasks })).toEqual(first);
    expect(await train({ augmentations: [randomFlip()] })).not.toEqual(first);
    expect(await train({ seed: 1 })).not.toEqual(first);
  });

  it('takes a network of one task, with examples that have no label', async () => {
    const classes = (data.tasks[0] as ClassificationTask).classes.slice(0, 3);
    const { history } = await train({ data: classSubsets(data, 'object-hue', { few: classes }) });
    expect(Number.isFinite(history[0]?.terms.few)).toBe(true);
  });

  it('refuses a task that the data does not label', async () => {
    const run = train({ tasks: tinyData(1).tasks });
    await expect(run).rejects.toMatchObject({ code: 'unknown-task', task: 'shape' });
  });

  it('leaves no tensor but the network', async () => {
    const before = memory().numTensors;
    await train({ epochs: 1 });
    await train({ signal: AbortSignal.abort() }).catch(() => {});
    expect(memory().numTensors).toBe(before);
  });
});
