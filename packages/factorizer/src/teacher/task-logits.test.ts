import { expectNoLeak } from '@factornet/core/testing';
import type { TaskDescription } from '@factornet/spec';
import { setBackend, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainableClassification } from '../kinds/classification/trainable-classification';
import { findTaskLogits } from './task-logits';
import type { Teacher } from './teacher';

beforeAll(() => setBackend('cpu'));

const animals = ['cat', 'dog', 'frog', 'horse'];
const whole: TaskDescription = { name: 'animal', type: 'classification', classes: animals };
const hue: TaskDescription = { name: 'hue', type: 'classification', classes: ['red', 'blue'] };
const teacher = { tasks: [whole, hue] } as unknown as Teacher;

function part(name: string, indices: number[], space = animals): TaskDescription {
  const classes = indices.map((index) => space[index] as string);
  return { name, type: 'classification', classes, labelSpace: { name: 'animal', classes: space, indices } };
}

const makeLogits = () => ({
  animal: tensor2d([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]),
  hue: tensor2d([
    [10, 20],
    [30, 40],
  ]),
});

async function select(task: TaskDescription): Promise<number[][]> {
  const logits = makeLogits();
  const chosen = findTaskLogits(teacher, task, trainableClassification()).select(logits);
  const values = (await chosen.array()) as number[][];
  for (const tensor of [chosen, ...Object.values(logits)]) tensor.dispose();
  return values;
}

describe('findTaskLogits', () => {
  it('finds a whole task', async () => {
    expect(await select(hue)).toEqual([
      [10, 20],
      [30, 40],
    ]);
  });

  it('finds a subset of the classes of one, in the order of the subset', async () => {
    expect(await select(part('riding', [3, 1]))).toEqual([
      [4, 2],
      [8, 6],
    ]);
    expect(await select(part('small', [0, 2]))).toEqual([
      [1, 3],
      [5, 7],
    ]);
  });

  it.each([
    ['an unknown task', { ...hue, name: 'size' }, /A factor needs a task of the teacher/],
    ['a task of other classes', { ...hue, classes: ['blue', 'red'] }, /with other classes/],
    ['a subset of another label space', part('wild', [0, 1], ['cat', 'dog', 'frog']), /A factor needs/],
  ])('refuses %s', (_, task, message) => {
    expect(() => findTaskLogits(teacher, task, trainableClassification())).toThrow(message);
    expect(() => findTaskLogits(teacher, task, trainableClassification())).toThrow(
      expect.objectContaining({ code: 'unknown-task' }),
    );
  });

  it('leaves no tensor behind', () => expectNoLeak(() => select(part('riding', [3, 1]))));
});
