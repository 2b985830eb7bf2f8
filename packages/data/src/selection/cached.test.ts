import { expect, test } from 'vitest';
import { shapes } from '../shapes/shapes';
import { cached } from './cached';

test('reads each example from its source once', async () => {
  const source = shapes({ size: 600, seed: 1 });
  const fetched: number[] = [];
  const dataset = cached({
    ...source,
    read(indices) {
      fetched.push(...Array.from(indices));
      return source.read(indices);
    },
  });
  const all = Array.from({ length: 600 }, (_, index) => index);
  await dataset.read([5, 5, 599]);
  expect(await dataset.read(all)).toEqual(await source.read(all));
  expect(fetched.sort((one, other) => one - other)).toEqual(all);
});

test('gives the rounded value, on the first read as on the second', async () => {
  const dataset = cached({
    name: 'grey',
    size: 1,
    imageShape: [1, 1, 1],
    tasks: [],
    read: async ({ length }) => ({ size: length, images: new Float32Array(length).fill(0.501), labels: {} }),
  });
  const expected = Math.fround(128 / 255);
  expect((await dataset.read([0])).images[0]).toBe(expected);
  expect((await dataset.read([0])).images[0]).toBe(expected);
});
