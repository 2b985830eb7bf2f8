import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { decodeModel, encodeModel } from '@factornet/core/training';
import { randomNormal, type Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { convolutional } from '../backbones/convolutional';
import { residual } from '../backbones/residual';
import { multiTaskClassifier } from './multi-task-classifier';

const tasks = [
  { name: 'shape', classes: 4 },
  { name: 'object-hue', classes: 10 },
];
const request = { inputShape: [8, 8, 3], seed: 1, name: 'teacher' } as const;

describe('multiTaskClassifier', () => {
  beforeAll(() => useBackend('cpu'));

  it('gives one output of logits per task, in order, before and after encoding', async () => {
    const teacher = multiTaskClassifier({ backbone: residual({ filters: [4, 6] }), tasks, ...request });
    expect(teacher.outputNames).toEqual(['teacher/logits-shape', 'teacher/logits-object-hue']);
    const images = randomNormal([2, 8, 8, 3], 0, 1, 'float32', 1);
    const outputs = teacher.predict(images) as Tensor[];
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [2, 4],
      [2, 10],
    ]);
    const decoded = await decodeModel(await encodeModel(teacher, 'weights.bin'));
    expect(decoded.outputNames).toEqual(teacher.outputNames);
    for (const [index, output] of (decoded.predict(images) as Tensor[]).entries()) {
      expect(await output.data()).toEqual(await outputs[index]?.data());
    }
    teacher.dispose();
    decoded.dispose();
  });

  it.each<[tasks: unknown, option: string]>([
    ['shape', 'tasks'],
    [['shape'], 'tasks[0].name'],
    [[...tasks, { name: 'size', classes: ['small', 'large'] }], 'tasks[2].classes'],
    [[{ name: 'size', classes: 1 }], 'tasks[0].classes'],
  ])('names what is wrong about the tasks %j', (wrong, option) => {
    const backbone = convolutional({ filters: [4] });
    const make = () => multiTaskClassifier({ backbone, tasks: wrong as typeof tasks, ...request });
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-option', option }));
  });

  it('gives every task hidden layers of its own', () => {
    const backbone = convolutional({ filters: [4] });
    const teacher = multiTaskClassifier({ backbone, tasks, ...request, hidden: [7] });
    const names = teacher.layers.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['teacher/hidden-shape-1', 'teacher/hidden-object-hue-1']));
    expect(new Set(names).size).toBe(names.length);
    teacher.dispose();
  });

  it('has a single output for a single task', () => {
    const backbone = convolutional({ filters: [4] });
    const teacher = multiTaskClassifier({ backbone, tasks: tasks.slice(0, 1), ...request });
    expect(teacher.outputNames).toEqual(['teacher/logits-shape']);
    teacher.dispose();
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(() => {
      multiTaskClassifier({ backbone: convolutional({ filters: [4] }), tasks, ...request }).dispose();
    }));
});
