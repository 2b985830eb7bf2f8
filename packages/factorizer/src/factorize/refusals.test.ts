import { useBackend } from '@factornet/core';
import type { Dataset } from '@factornet/data';
import { isClassification } from '@factornet/spec/training';
import { memory } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { commonInformation } from '../objective/common-information';
import { layersTeacher } from '../teacher/layers-teacher';
import type { Teacher } from '../teacher/teacher';
import { taskNamed, tinyData, tinyInput, tinyTeacher, tinyTeacherModel } from '../testing/tiny';
import { tinyRun, tinyRunData } from '../testing/tiny-run';
import { factorize } from './factorize';
import type { FactorizeOptions } from './factorize-options';

beforeAll(async () => void (await useBackend('wasm')));

const data = tinyRunData();

/** The same pictures, the label of example 40 replaced. */
function mislabelled(label: number): Dataset {
  return {
    ...data,
    async read(indices) {
      const batch = await data.read(indices);
      const shape = batch.labels.shape?.map((value, position) => (indices[position] === 40 ? label : value));
      return { ...batch, labels: { ...batch.labels, shape: shape as Int32Array } };
    },
  };
}

const shape = taskNamed(data, 'shape');
const cases: [string, Partial<FactorizeOptions<Teacher['tasks']>>, object][] = [
  [
    'a label outside the classes',
    { data: mislabelled(99) },
    { code: 'label-out-of-range', task: 'shape', label: 99, index: 40 },
  ],
  ['a negative label', { data: mislabelled(-2) }, { code: 'label-out-of-range', label: -2 }],
  ['an unknown task', { tasks: [taskNamed(tinyData(1), 'size')] }, { code: 'unknown-task', task: 'size' }],
  [
    'data with a class that the task does not have',
    {
      data: {
        ...data,
        tasks: data.tasks
          .filter(isClassification)
          .map((task) => ({ ...task, classes: [...task.classes, 'moon'] })),
      },
    },
    { code: 'invalid-option', option: 'data', received: ['moon'] },
  ],
  [
    'a text in place of tasks',
    { tasks: 'shape' as unknown as Teacher['tasks'] },
    { code: 'invalid-option', option: 'tasks' },
  ],
  [
    'a class that is no text',
    { tasks: [{ ...shape, classes: ['disc', 2 as unknown as string] }] },
    { code: 'invalid-option', option: 'tasks[0].classes[1]' },
  ],
  ['an objective without terms', { objective: [] }, { code: 'invalid-option', option: 'objective' }],
  [
    'pictures of another shape',
    { data: tinyDataOfSize24() },
    { code: 'shape-mismatch', expected: [null, 20, 20, 3], received: [16, 24, 24, 3] },
  ],
  ['a batch of one', { batchSize: 1 }, { code: 'invalid-option', option: 'batchSize' }],
];

describe('factorize refuses', () => {
  it.each(cases)('%s, before any step, and leaves nothing', async (_, change, expected) => {
    const { teacher } = await tinyTeacher(data.tasks);
    const before = memory().numTensors;
    let steps = 0;
    let stopped = 0;
    const run = factorize({
      ...tinyRun(teacher),
      ...change,
      onProgress: (event) => {
        if (event.type === 'step') steps++;
      },
      onStopped: () => void stopped++,
    });
    await expect(run).rejects.toMatchObject(expected);
    expect({ steps, stopped }).toEqual({ steps: 0, stopped: 0 });
    expect(memory().numTensors).toBe(before);
    teacher.dispose();
  });

  it('a teacher without taps where a term looks at them', async () => {
    const model = tinyTeacherModel([shape]);
    const teacher = await layersTeacher({ model, name: 'bare', input: tinyInput, tasks: [shape], taps: [] });
    const before = memory().numTensors;
    const run = factorize({ ...tinyRun(teacher), objective: [commonInformation()] });
    await expect(run).rejects.toMatchObject({ code: 'invalid-option', option: 'taps' });
    expect(memory().numTensors).toBe(before);
    teacher.dispose();
  });
});

function tinyDataOfSize24(): Dataset {
  return {
    ...data,
    imageShape: [24, 24, 3],
    read: async (indices) => {
      const batch = await data.read(indices);
      return { ...batch, images: new Float32Array(batch.size * 24 * 24 * 3) };
    },
  };
}
