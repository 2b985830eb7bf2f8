import { InvalidOptionError, type TaskDescription } from '@factornet/spec';
import { isClassification, LabelOutOfRangeError } from '@factornet/spec/training';
import { expect, test } from 'vitest';
import { describeDataset } from '../conformance';
import type { Dataset } from '../dataset';
import { subset } from '../selection/subset';
import { shapes } from '../shapes/shapes';
import { matchTasks } from './match-tasks';

const task = (classes: string[], name = 'class'): TaskDescription => ({
  name,
  type: 'classification',
  classes,
});

/** Example i has the label i − 1, so that the first has none. */
function labelled(classes: string[], size = classes.length + 1): Dataset {
  return {
    name: 'labelled',
    size,
    imageShape: [1, 1, 1],
    tasks: [task(classes)],
    read: async (indices) => ({
      size: indices.length,
      images: new Float32Array(indices.length),
      labels: { class: Int32Array.from(indices, (index) => index - 1) },
    }),
  };
}

const reversed = (dataset: Dataset) =>
  matchTasks(
    dataset,
    dataset.tasks.filter(isClassification).map((one) => task([...one.classes].reverse(), one.name)),
  );
describeDataset('matchTasks', () => reversed(subset(shapes({ size: 9, seed: 1 }), [1, 2, 3, 4])));

test('numbers classes as the tasks do, by name, and says which have no example', async () => {
  const matched = matchTasks(labelled(['cat', 'frog', 'bee']), [task(['ant', 'bee', 'cat', 'dog', 'frog'])]);
  expect(matched.tasks[0]).toMatchObject({ classes: ['ant', 'bee', 'cat', 'dog', 'frog'] });
  expect((await matched.read([0, 1, 2, 3])).labels.class).toEqual(Int32Array.of(-1, 2, 4, 1));
  expect(matched.notes).toEqual(['No example of "ant", "dog" (task "class").']);
});

test('leaves alone what is numbered so already, and tasks of other names', () => {
  const dataset = labelled(['cat', 'frog']);
  expect(matchTasks(dataset, [task(['cat', 'frog'])])).toBe(dataset);
  expect(matchTasks(dataset, [task(['frog', 'cat'], 'animal')])).toBe(dataset);
});

test('names a class that the task does not have', () => {
  const matching = () => matchTasks(labelled(['ant', 'elk', 'yak']), [task(['ant', 'bee'])]);
  expect(matching).toThrow(InvalidOptionError);
  expect(matching).toThrow(/classes of the task "class" only \("ant", "bee"\), but is \["elk","yak"\]/);
});

test('does not take a label outside the classes for one of the other classes', async () => {
  const matched = matchTasks(labelled(['cat', 'frog'], 5), [task(['ant', 'bee', 'cat', 'dog', 'frog'])]);
  await expect(matched.read([2, 4])).rejects.toThrow(LabelOutOfRangeError);
  await expect(matched.read([2, 4])).rejects.toThrow(/2 classes.*example 4 is labelled 3/);
});
