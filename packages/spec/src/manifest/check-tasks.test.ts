import { expect, test } from 'vitest';
import { InvalidOptionError } from '../errors/invalid-option-error';
import { classification } from '../kinds/classification/classification';
import { checkClasses, checkTasks, ofKinds } from './check-tasks';

const shape = { name: 'shape', type: 'classification', classes: ['disc', 'square'] };
const size = { name: 'size', type: 'classification', classes: ['small', 'large'] };

const check = ofKinds([{ ...classification(), check: checkClasses }]);

test('takes tasks as manifests have them', () => {
  expect(() => checkTasks([shape, size], check)).not.toThrow();
  expect(() => checkTasks([{ name: 'shape', classes: shape.classes }], checkClasses)).not.toThrow();
});

test.each<[what: string, tasks: unknown, option: string]>([
  ['a text', 'shape', 'tasks'],
  ['one task', shape, 'tasks'],
  ['nothing', undefined, 'tasks'],
  ['no task', [], 'tasks'],
  ['names', ['shape', 'size'], 'tasks[0]'],
  ['a hole', [shape, null], 'tasks[1]'],
  ['a list in a list', [[shape]], 'tasks[0]'],
  ['no name', [{ ...shape, name: '' }], 'tasks[0].name'],
  ['a number for a name', [shape, { ...size, name: 3 }], 'tasks[1].name'],
  ['no type', [{ name: 'shape', classes: shape.classes }], 'tasks[0].type'],
  ['no classes', [{ ...shape, classes: undefined }], 'tasks[0].classes'],
  ['a number of classes', [{ ...shape, classes: 2 }], 'tasks[0].classes'],
  ['a text for classes', [{ ...shape, classes: 'disc,square' }], 'tasks[0].classes'],
  ['numbers for classes', [shape, { ...size, classes: ['small', 1] }], 'tasks[1].classes[1]'],
  ['a class without a name', [{ ...shape, classes: ['', 'disc'] }], 'tasks[0].classes[0]'],
  ['one class', [{ ...shape, classes: ['disc'] }], 'tasks[0].classes'],
  ['a class twice', [{ ...shape, classes: ['disc', 'square', 'disc'] }], 'tasks[0].classes[2]'],
  ['a task twice', [shape, size, { ...shape, classes: ['a', 'b'] }], 'tasks[2].name'],
])('names what is wrong: %s', (_, tasks, option) => {
  expect(() => checkTasks(tasks, check)).toThrow(InvalidOptionError);
  expect(() => checkTasks(tasks, check)).toThrow(expect.objectContaining({ option }));
});
