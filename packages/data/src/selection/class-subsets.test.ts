import { InvalidOptionError, MISSING_LABEL, UnknownTaskError } from '@factornet/spec';
import { expect, test } from 'vitest';
import type { Dataset } from '../dataset';
import { classSubsets } from './class-subsets';

const animals: Dataset = {
  name: 'animals',
  size: 5,
  imageShape: [1, 1, 1],
  tasks: [{ name: 'class', type: 'classification', classes: ['ant', 'bee', 'cat', 'dog'] }],
  read: async (indices) => ({
    size: indices.length,
    images: new Float32Array(indices.length),
    // The last example has no label.
    labels: { class: Int32Array.from(indices, (index) => (index === 4 ? MISSING_LABEL : index)) },
  }),
};

const groups = { insects: ['bee', 'ant'], mammals: ['cat', 'dog'] };

test('renumbers labels in the order of the list and marks the others as missing', async () => {
  const { labels } = await classSubsets(animals, 'class', groups).read([0, 1, 2, 3, 4]);
  expect(labels).toEqual({
    insects: Int32Array.of(1, 0, -1, -1, -1),
    mammals: Int32Array.of(-1, -1, 0, 1, -1),
  });
});

test('says where the classes sit among all', () => {
  const { tasks } = classSubsets(animals, 'class', groups, { labelSpace: 'zoo' });
  expect(tasks[0]).toEqual({
    name: 'insects',
    type: 'classification',
    classes: ['bee', 'ant'],
    labelSpace: { name: 'zoo', classes: ['ant', 'bee', 'cat', 'dog'], indices: [1, 0] },
  });
});

test('keeps the whole label space in a subset of a subset', async () => {
  const three = classSubsets(animals, 'class', { three: ['dog', 'cat', 'bee'] });
  const two = classSubsets(three, 'three', { two: ['bee', 'dog'] });
  expect(two.tasks[0]?.labelSpace).toEqual({
    name: 'class',
    classes: ['ant', 'bee', 'cat', 'dog'],
    indices: [1, 3],
  });
  expect((await two.read([0, 1, 2, 3, 4])).labels.two).toEqual(Int32Array.of(-1, 0, -1, 1, -1));
});

test('refuses a label that is none of the classes, rather than take it for a missing one', async () => {
  const longer = { ...animals, size: 7, read: (indices: ArrayLike<number>) => readFive(indices) };
  const readFive = async (indices: ArrayLike<number>) => ({
    size: indices.length,
    images: new Float32Array(indices.length),
    labels: { class: Int32Array.from(indices) },
  });
  const divided = classSubsets(longer, 'class', groups);
  await expect(divided.read([0, 5])).rejects.toMatchObject({ code: 'label-out-of-range', index: 5 });
});

test('refuses tasks and classes that do not exist', () => {
  expect(() => classSubsets(animals, 'klass', groups)).toThrow(UnknownTaskError);
  for (const classes of [['ant'], ['ant', 'ant'], ['ant', 'elk'], 'ant,bee' as unknown as string[]]) {
    expect(() => classSubsets(animals, 'class', { some: classes })).toThrow(InvalidOptionError);
  }
});

test.each(['../../../ESCAPED', 'a/b', 'a b', 'ä', 'constructor', 'common', '__proto__', 'Mammals', 'nul'])(
  'refuses a group named %j, which becomes a folder and a package',
  (name) => {
    const divide = () => classSubsets(animals, 'class', { [name]: ['cat', 'dog'] });
    expect(divide).toThrow(/^groups must be named by lower-case letters a to z, digits and single hyphens/);
    expect(divide).toThrow(InvalidOptionError);
  },
);
