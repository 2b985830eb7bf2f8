import { InvalidOptionError } from '@factornet/spec';
import { expect, test } from 'vitest';
import { shapes } from '../shapes/shapes';
import { subset, takeFirst } from './subset';

const dataset = shapes({ size: 20, seed: 1 });

test('holds the chosen examples in the chosen order', async () => {
  const chosen = subset(dataset, [7, 3, 7]);
  expect(chosen.size).toBe(3);
  expect(await chosen.read([2, 1])).toEqual(await dataset.read([7, 3]));
});

test('is not changed by a later change of the indices it was given', async () => {
  const indices = [1, 2];
  const chosen = subset(dataset, indices);
  indices[0] = 9;
  expect(await chosen.read([0])).toEqual(await dataset.read([1]));
});

test('is named after what it holds', () => {
  const name = subset(dataset, [1, 2, 3]).name;
  expect(subset(dataset, [1, 2, 3]).name).toBe(name);
  expect(subset(dataset, [1, 3, 2]).name).not.toBe(name);
  expect(subset(dataset, [1], 'one').name).toBe('one');
});

test('takes the first examples', async () => {
  const first = takeFirst(dataset, 2);
  expect(await first.read([0, 1])).toEqual(await dataset.read([0, 1]));
  expect(first.size).toBe(2);
});

test('refuses what the dataset does not have', async () => {
  expect(() => subset(dataset, [0, 20])).toThrow(InvalidOptionError);
  expect(() => takeFirst(dataset, 21)).toThrow(InvalidOptionError);
  await expect(takeFirst(dataset, 0).read([0])).rejects.toThrow(/this dataset is empty/);
});
