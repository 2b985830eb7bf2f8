import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { taskList } from './task-list';

test('takes tasks once, in order', () => {
  expect(taskList('shape, object-hue,shape')).toEqual(['shape', 'object-hue']);
  expect(() => taskList('')).toThrow(InvalidArgumentError);
  expect(() => taskList('shape,')).toThrow(/shape,object-hue/);
});
