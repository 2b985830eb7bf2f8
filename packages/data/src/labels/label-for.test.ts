import type { TaskDescription } from '@factornet/spec';
import { expect, test } from 'vitest';
import type { Dataset } from '../dataset';
import { labelFor } from './label-for';
import { readLabels } from './read-labels';

const colours = ['blue', 'green', 'red', 'white'];

/** A folder of one picture per class. */
function folder(task: string, classes: readonly string[]): Dataset {
  return {
    name: 'folder',
    size: classes.length,
    imageShape: [1, 1, 1],
    tasks: [{ name: task, type: 'classification', classes: [...classes] }],
    read: async (indices) => ({
      size: indices.length,
      images: new Float32Array(indices.length),
      labels: { [task]: Int32Array.from(indices) },
    }),
  };
}

const group = (name: string, ...indices: number[]): TaskDescription => ({
  name,
  type: 'classification',
  classes: indices.map((index) => colours[index] as string),
  labelSpace: { name: 'colour', classes: colours, indices },
});

const groups = [group('warm', 2, 3), group('cold', 0, 1)];

test('divides a folder that lacks a class as the label space says', async () => {
  const data = labelFor(groups, folder('colour', ['green', 'red', 'white']));
  expect(data.tasks).toEqual(groups);
  expect(await readLabels(data)).toEqual({ warm: Int32Array.of(-1, 0, 1), cold: Int32Array.of(1, -1, -1) });
  expect(data.notes).toEqual(['No example of "blue" (task "colour").']);
});

test('numbers the classes of a task as its factor does', async () => {
  const task: TaskDescription = { name: 'colour', type: 'classification', classes: ['red', 'blue', 'green'] };
  const data = labelFor([task], folder('colour', ['blue', 'green']));
  expect(await readLabels(data)).toEqual({ colour: Int32Array.of(1, 2) });
});

test('names a class that no factor or label space has, and a task without labels', () => {
  expect(() => labelFor(groups, folder('colour', ['green', 'pink']))).toThrow(/"colour" only .*\["pink"\]/);
  expect(() => labelFor(groups, folder('class', colours))).toThrow(/no task "warm"/);
});
