import { LabelOutOfRangeError } from '@factornet/spec/training';
import { expect, test } from 'vitest';
import { checkLabels } from './check-labels';

const task = { name: 'pet', type: 'classification' as const, classes: ['cat', 'dog'] };

test('accepts classes and missing labels', () => {
  expect(() => checkLabels(task, Int32Array.of(0, 1, -1))).not.toThrow();
});

test('names the task, the label, the number of classes and the example', () => {
  const fields = { task: 'pet', label: 2, classes: 2 };
  expect(errorOf(() => checkLabels(task, [0, 2]))).toMatchObject({ ...fields, index: 1 });
  expect(errorOf(() => checkLabels(task, [0, 2], [40, 41]))).toMatchObject({ ...fields, index: 41 });
});

test.each([-2, 0.5, Number.NaN])('refuses %d', (label) => {
  expect(() => checkLabels(task, [label])).toThrow(LabelOutOfRangeError);
});

function errorOf(body: () => void): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error('it did not throw');
}
