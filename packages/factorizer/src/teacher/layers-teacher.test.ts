import { normalizeImages } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { modelDigest } from '@factornet/core/training';
import { imagesTensor } from '@factornet/data';
import type { ClassificationTask } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import {
  dispose,
  type LayersModel,
  layers,
  memory,
  type SymbolicTensor,
  setBackend,
  type Tensor,
  type Tensor4D,
  model as tfModel,
  tidy,
  zeros,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeTeacher } from '../conformance/describe-teacher';
import { tinyData, tinyInput, tinyTaps, tinyTeacher, tinyTeacherModel, weightBytes } from '../testing/tiny';
import { layersTeacher } from './layers-teacher';
import type { TeacherOutput } from './teacher';

beforeAll(() => setBackend('cpu'));

const data = tinyData(6);
const { tasks } = data;

async function pictures(): Promise<Tensor4D> {
  return imagesTensor(await data.read([0, 1, 2, 3, 4, 5]), data.imageShape);
}

function release({ features, logits }: TeacherOutput): void {
  dispose([...Object.values(features), ...Object.values(logits)]);
}

describe('layersTeacher', () => {
  it('gives each tap as it is, maps and vectors', async () => {
    const { teacher, model } = await tinyTeacher(tasks);
    const images = await pictures();
    const output = await teacher.evaluate(images);
    expect(teacher.tapShapes).toEqual({ 'teacher/block-1/relu': [10, 10, 4], 'teacher/features': [7] });
    for (const tap of tinyTaps) {
      const single = tfModel({ inputs: model.inputs, outputs: model.getLayer(tap).output as SymbolicTensor });
      const raw = tidy(() => single.predict(normalizeImages(images, tinyInput)) as Tensor);
      expect(output.features[tap]?.shape).toEqual(raw.shape);
      expect(await output.features[tap]?.data()).toEqual(await raw.data());
      raw.dispose();
    }
    expect((await output.features['teacher/block-1/relu']?.data())?.some((value) => value > 0)).toBe(true);
    release(output);
    images.dispose();
    teacher.dispose();
  });

  it('knows how large the maps are of a network that takes pictures of any size', async () => {
    const images = layers.input({ shape: [null, null, 3] });
    const map = layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, name: 'map' }).apply(images);
    const pooled = layers.globalAveragePooling2d({ name: 'pooled' }).apply(map);
    const [task] = tasks as [ClassificationTask];
    const outputs = layers.dense({ units: task.classes.length }).apply(pooled) as SymbolicTensor;
    const model = tfModel({ inputs: images, outputs });
    const taps = ['map', 'pooled'];
    await expectNoLeak(async () => {
      const teacher = await layersTeacher({ model, name: 'any', input: tinyInput, tasks: [task], taps });
      expect(teacher.tapShapes).toEqual({ map: [9, 9, 4], pooled: [4] });
    });
    model.dispose();
  });

  it('gives the logits of the model, by task', async () => {
    const { teacher, model } = await tinyTeacher(tasks);
    const images = await pictures();
    const output = await teacher.evaluate(images);
    const expected = tidy(() => model.predict(normalizeImages(images, tinyInput)) as Tensor[]);
    expect(Object.keys(output.logits)).toEqual(tasks.map(({ name }) => name));
    for (const [index, { name }] of tasks.entries()) {
      expect(await output.logits[name]?.data()).toEqual(await expected[index]?.data());
    }
    release(output);
    dispose([images, ...expected]);
    teacher.dispose();
  });

  it('says which model it is by its digest', async () => {
    const { teacher, model } = await tinyTeacher(tasks);
    expect(teacher.digest).toBe(await modelDigest(model));
    const other = tinyTeacherModel(tasks, 4);
    expect(await modelDigest(other)).not.toBe(teacher.digest);
    other.dispose();
    teacher.dispose();
  });

  it('keeps every weight and statistic, and no tensor', async () => {
    const { teacher, model } = await tinyTeacher(tasks);
    const before = await weightBytes(model);
    const images = await pictures();
    await expectNoLeak(async () => release(await teacher.evaluate(images)));
    expect(await weightBytes(model)).toEqual(before);
    images.dispose();
    teacher.dispose();
  });

  it('releases the model when it is disposed of', async () => {
    const before = memory().numTensors;
    const { teacher } = await tinyTeacher(tasks);
    expect(memory().numTensors).toBeGreaterThan(before);
    teacher.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('refuses a tap that is no layer and lists the layers', async () => {
    const model = tinyTeacherModel(tasks);
    const made = layersTeacher({ model, name: 'tiny', input: tinyInput, tasks, taps: ['block-9'] });
    await expect(made).rejects.toMatchObject({
      code: 'missing-tap',
      tap: 'block-9',
      known: expect.arrayContaining(['teacher/block-1/relu', 'teacher/features']),
    });
    model.dispose();
  });

  it.each([
    [
      'too few classes',
      () => tasks.filter(isClassification).map((task) => ({ ...task, classes: [...task.classes, 'extra'] })),
    ],
    ['too few outputs', () => [...tasks, { ...tasks[0], name: 'more' } as (typeof tasks)[number]]],
  ])('refuses a model with %s', async (_, wrong) => {
    const model = tinyTeacherModel(tasks);
    const made = layersTeacher({ model, name: 'tiny', input: tinyInput, tasks: wrong(), taps: [] });
    await expect(made).rejects.toMatchObject({
      code: 'shape-mismatch',
      expected: [null, expect.any(Number)],
    });
    model.dispose();
  });

  it('refuses a task that is none, and outputs that no task is for', async () => {
    const model = tinyTeacherModel(tasks);
    const make = (wrong: unknown) =>
      layersTeacher({ model, name: 'tiny', input: tinyInput, tasks: wrong as typeof tasks, taps: [] });
    await expect(make('shape')).rejects.toMatchObject({ code: 'invalid-option', option: 'tasks' });
    await expect(make([{ ...tasks[0], classes: 5 }])).rejects.toMatchObject({ option: 'tasks[0].classes' });
    await expect(make(tasks.slice(0, 2))).rejects.toMatchObject({ code: 'invalid-option', option: 'tasks' });
    model.dispose();
  });

  it('refuses outputs that are no vectors', async () => {
    const images = layers.inputLayer({ inputShape: [20, 20, 3] }).output as SymbolicTensor;
    const outputs = layers.conv2d({ filters: 4, kernelSize: 1 }).apply(images) as SymbolicTensor;
    const model: LayersModel = tfModel({ inputs: images, outputs });
    const made = layersTeacher({ model, name: 'map', input: tinyInput, tasks: tasks.slice(0, 1), taps: [] });
    await expect(made).rejects.toMatchObject({ code: 'shape-mismatch', received: [null, 20, 20, 4] });
    model.dispose();
  });

  it('refuses pictures of another shape, with a hint', async () => {
    const { teacher } = await tinyTeacher(tasks);
    const images = zeros([2, 24, 20, 3]) as Tensor4D;
    await expect(teacher.evaluate(images)).rejects.toThrow(
      /images must have the shape .*20.*Resize the pictures/s,
    );
    images.dispose();
    teacher.dispose();
  });
});

describeTeacher('layersTeacher', async () => (await tinyTeacher(tasks)).teacher);
