import type { TaskDescription } from '@factornet/spec';
import { expect, it } from 'vitest';
import { taughtLabelSpace } from './label-space';

const classes = ['cat', 'dog', 'ship', 'truck'];
const whole: TaskDescription = { name: 'class', type: 'classification', classes };
const part: TaskDescription = {
  name: 'animals',
  type: 'classification',
  classes: ['dog', 'cat'],
  labelSpace: { name: 'class', classes, indices: [1, 0] },
};

it('is that of the teacher’s task of the same name and classes', () => {
  expect(taughtLabelSpace({ tasks: [whole] }, part)).toEqual({ name: 'class', classes: 4, indices: [1, 0] });
});

it('is none for a whole task, another teacher, or a teacher that numbers classes otherwise', () => {
  expect(taughtLabelSpace({ tasks: [whole] }, whole)).toBeUndefined();
  expect(taughtLabelSpace({ tasks: [part] }, part)).toBeUndefined();
  expect(taughtLabelSpace({ tasks: [{ ...whole, classes: [...classes].reverse() }] }, part)).toBeUndefined();
});
