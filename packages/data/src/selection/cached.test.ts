import { expect, test } from 'vitest';
import { shapes } from '../shapes/shapes';
import { cached } from './cached';

test('reads each example from its source once', async () => {
  const source = shapes({ size: 300, seed: 1, imageSize: 24 });
  const fetched: number[] = [];
  const dataset = cached({
    ...source,
    read(indices) {
      fetched.push(...Array.from(indices));
      return source.read(indices);
    },
  });
  const all = Array.from({ length: 300 }, (_, index) => index);
  await dataset.read([5, 5, 299]);
  const [copy, original] = [await dataset.read(all), await source.read(all)];
  expect(copy.labels).toEqual(original.labels);
  // Element by element, a matcher takes seconds.
  expect(Buffer.from(copy.images.buffer).equals(Buffer.from(original.images.buffer))).toBe(true);
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
