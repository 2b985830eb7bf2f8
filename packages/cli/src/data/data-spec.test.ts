import { readLabels } from '@factornet/data';
import { InvalidOptionError, MissingFileError } from '@factornet/spec';
import { expect, test } from 'vitest';
import { onlyTask, openData } from './data-spec';

test('opens procedural pictures with the options given', async () => {
  const data = await openData('shapes:size=30,seed=7,image-size=24,noise=0');
  expect(data.size).toBe(30);
  expect(data.imageShape).toEqual([24, 24, 3]);
  expect(data.name).toContain('seed:7');
  expect((await openData('shapes')).size).toBe(4000);
});

test('limits to examples of all classes by the seed, and takes all of fewer', async () => {
  const labels = async (seed: number) => {
    const { shape, ...others } = await readLabels(await openData('shapes:size=90', { limit: 15, seed }));
    return { shape: [...(shape as Int32Array)].sort(), others };
  };
  // Five shapes, and so many of each.
  expect((await labels(1)).shape).toHaveLength(15);
  expect(new Set((await labels(1)).shape).size).toBe(5);
  expect(await labels(1)).toEqual(await labels(1));
  expect(await labels(2)).not.toEqual(await labels(1));
  expect((await openData('shapes:size=30', { limit: 400 })).size).toBe(30);
});

test.each([
  'shapes:sise=3',
  'shapes:size=',
  'shapes:size=many',
  'shapes:size',
  'shapes:size=5=6',
  'shapes:size=5,size=6',
])('refuses %s', async (spec) => {
  const opening = openData(spec);
  await expect(opening).rejects.toThrow(InvalidOptionError);
  await expect(opening).rejects.toThrow(/size, seed, image-size, noise/);
});

test('says what layout a folder must have when there is none', async () => {
  const opening = openData('/nowhere/pictures');
  await expect(opening).rejects.toThrow(MissingFileError);
  await expect(opening).rejects.toThrow(/pictures\/cat\/1\.jpg/);
});

test('knows the task of a teacher that has only one', () => {
  const task = { name: 'class', type: 'classification' as const, classes: ['a', 'b'] };
  expect(onlyTask({ tasks: [task] })).toBe('class');
  expect(onlyTask({ tasks: [task, { ...task, name: 'other' }] })).toBeUndefined();
});
