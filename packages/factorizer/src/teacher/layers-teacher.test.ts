import { normalizeImages } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { modelDigest } from '@factornet/core/training';
import { imagesTensor } from '@factornet/data';
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
  it('averages the positions of each tap and leaves vectors as they are', async () => {
    const { teacher, model } = await tinyTeacher(tasks);
    const images = await pictures();
    const output = teacher.evaluate(images);
    expect(teacher.tapFeatures).toEqual({ 'teacher/block-1/relu': 4, 'teacher/features': 7 });
    for (const tap of tinyTaps) {
      const single = tfModel({ inputs: model.inputs, outputs: model.getLayer(tap).output as SymbolicTensor });
      const raw = tidy(() => single.predict(normalizeImages(images, tinyInput)) as Tensor);
      const channels = raw.shape.at(-1) as number;
      const values = await raw.data();
      const positions = values.length / 6 / channels;
      const averaged = new Array(6 * channels).fill(0);
      values.forEach((value, index) => {
        const example = Math.floor(index / (positions * channels));
        averaged[example * channels + (index % channels)] += value / positions;
      });
      expect(output.features[tap]?.shape).toEqual([6, channels]);
      expectCloseArrays((await output.features[tap]?.data()) ?? [], averaged, { relative: 1e-4 });
      raw.dispose();
    }
    expect((await output.features['teacher/block-1/relu']?.data())?.some((value) => value > 0)).toBe(true);
    release(output);
    images.dispose();
    teacher.dispose();
  });

  it('gives the logits of the model, by task', async () => {
    const { teacher, model } = await tinyTeacher(tasks);
    const images = await pictures();
    const output = teacher.evaluate(images);
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
    await expectNoLeak(() => release(teacher.evaluate(images)));
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
    ['too few classes', () => tasks.map((task) => ({ ...task, classes: [...task.classes, 'extra'] }))],
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
    expect(() => teacher.evaluate(images)).toThrow(/images must have the shape .*20.*Resize the pictures/s);
    images.dispose();
    teacher.dispose();
  });
});

describeTeacher('layersTeacher', async () => (await tinyTeacher(tasks)).teacher);
